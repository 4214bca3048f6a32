/// Expressions in `${…}`: types known before the run, one evaluator over abstract values. Entry:
/// [dev.ashlar.language.expression.ExpressionCompiler]. Imports the model and, for parsing and
/// checking only, CEL. Evaluation never throws for what a user wrote and never forces a field that
/// is not read.
@NullMarked
package dev.ashlar.language.expression;

import org.jspecify.annotations.NullMarked;
