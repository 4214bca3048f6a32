package dev.ashlar.language.template;

import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.template.EvaluationContext;
import java.util.Locale;

/// What a rendering may still make: a few lines can loop without an end that anybody lives to see,
/// and make more text than there is memory. Confined to one rendering.
final class Budget {
    /// Where a rendering has it: no template can write this name.
    static final String NAME = "(budget)";

    /// Characters of one text.
    static final int LENGTH_MAX = 1 << 20;

    /// Characters of all texts together that are made on the way.
    private static final long LENGTHS_MAX = 64L << 20;

    private static final int PASSES_MAX = 1_000_000;

    private long lengths;
    private int passes;

    /// @throws PebbleException when its loops have taken too many passes
    static void pass(EvaluationContext context, int line) {
        if (of(context).passes++ >= PASSES_MAX) {
            throw refusal("its loops take more than %,d passes", PASSES_MAX, line);
        }
    }

    /// @param length of a text that is to be made
    /// @throws PebbleException when it is too long, or too much has been made before
    static void text(long length, EvaluationContext context, int line) {
        if (length > LENGTH_MAX) {
            throw refusal("a text would have more than %,d characters", LENGTH_MAX, line);
        }
        Budget budget = of(context);
        budget.lengths += length;
        if (budget.lengths > LENGTHS_MAX) {
            throw refusal("more than %,d characters are made on the way", LENGTHS_MAX, line);
        }
    }

    private static Budget of(EvaluationContext context) {
        return context.getVariable(NAME) instanceof Budget budget ? budget : new Budget();
    }

    private static PebbleException refusal(String words, long most, int line) {
        return new PebbleException(null, String.format(Locale.ROOT, words, most), line, "");
    }
}
