package dev.ashlar.engine.run;

import java.util.List;

/// A row of a table of states: where something may go from where it is.
///
/// @param by what brings it there, for people
public record Passage<S extends Enum<S>>(S from, S to, String by) {

    /// True when a table has a row from the one to the other.
    static <S extends Enum<S>> boolean isIn(List<Passage<S>> table, S from, S to) {
        return table.stream().anyMatch(row -> row.from == from && row.to == to);
    }
}
