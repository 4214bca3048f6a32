/// Tests of the way in for a person.
@NullMarked
package dev.ashlar.nodes.login;

import org.jspecify.annotations.NullMarked;
