/// Real systemd machines on this Linux host, each with its own network namespace, disk and cgroup.
/// Entry: [dev.ashlar.providers.lab.Lab]. May import the model only. Invariants: what is running is
/// read from the kernel, never from a file; every name given to the kernel carries the lab's hash;
/// a process killed anywhere leaves what the next call finishes or removes.
@NullMarked
package dev.ashlar.providers.lab;

import org.jspecify.annotations.NullMarked;
