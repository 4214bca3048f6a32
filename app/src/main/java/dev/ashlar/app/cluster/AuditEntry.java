package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.model.journal.RunSummary;
import dev.ashlar.model.text.Plain;
import dev.ashlar.model.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a person had done to a cluster, as the record has it.
///
/// @param who the user of the operating system
/// @param act the verb
/// @param about what it was about, in the words in which it was typed; may be empty
/// @param result how it ended; empty while it has not, as where it was cut short
public record AuditEntry(
        long atMs, String who, String act, String about, Optional<Long> run, String result) {

    private static final int MOST_NAMED = 6;

    /// Everything on record, oldest first.
    public static List<AuditEntry> of(Past past) {
        List<AuditEntry> all = new ArrayList<>();
        past.runs().forEach(run -> all.add(of(run)));
        past.verdicts().all().forEach(verdict -> all.add(of(verdict)));
        past.secrets().changes().forEach(change -> all.add(of(change)));
        past.authorities().all().forEach(order -> all.add(of(order)));
        all.sort(Comparator.comparingLong(AuditEntry::atMs));
        return all;
    }

    private static AuditEntry of(RunSummary run) {
        RunStarted start = run.start();
        return new AuditEntry(
                start.atMs(),
                start.who(),
                start.purpose().name().toLowerCase(Locale.ROOT),
                about(start),
                Optional.of(start.run()),
                run.end().map(RunEnded::outcome).orElse(""));
    }

    private static String about(RunStarted start) {
        List<String> words = new ArrayList<>();
        if (!start.selection().isEmpty()) {
            words.add(start.selection());
        }
        start.overrides().forEach((path, value) -> words.add("--set " + path + "=" + value));
        start.wipes().forEach(name -> words.add("--yes-wipe " + name));
        return Plain.line(String.join(" ", words));
    }

    private static AuditEntry of(VaultChanged changed) {
        String act =
                switch (changed.change()) {
                    case SET -> "secret set";
                    case GENERATED -> "secret generate";
                    case DELETED -> "secret delete";
                    case LOCKS -> "secret lock";
                };
        String versions =
                changed.versions().entrySet().stream()
                        .map(one -> one.getKey() + " version " + one.getValue())
                        .collect(Collectors.joining(", "));
        return new AuditEntry(
                changed.atMs(), changed.who(), act, versions, Optional.empty(), RunEnded.DONE);
    }

    private static AuditEntry of(AuthorityOrdered order) {
        String act =
                switch (order.order()) {
                    case RENEW -> "pki renew";
                    case REVOKE -> "pki revoke";
                    case LIST -> "pki renew";
                    case BESIDE -> "pki rotate 1/3";
                    case HAND_OVER -> "pki rotate 2/3";
                    case RETIRE -> "pki rotate 3/3";
                };
        String reason = order.reason().isEmpty() ? "" : ": " + order.reason();
        return new AuditEntry(
                order.atMs(),
                order.who(),
                act,
                Words.some(
                                Stream.concat(
                                                Stream.of(order.authority()),
                                                order.certificates().values().stream().distinct())
                                        .toList(),
                                MOST_NAMED)
                        + reason,
                Optional.empty(),
                RunEnded.DONE);
    }

    private static AuditEntry of(Judged verdict) {
        String act =
                switch (verdict.verdict()) {
                    case APPROVED -> "node approve";
                    case REVOKED -> "node revoke";
                    case INVITED -> "node token";
                };
        String keys =
                verdict.keys().stream()
                        .map(key -> " " + key.fingerprint())
                        .collect(Collectors.joining());
        String reason = verdict.reason().isEmpty() ? "" : ": " + verdict.reason();
        return new AuditEntry(
                verdict.atMs(),
                verdict.who(),
                act,
                verdict.node() + keys + reason,
                Optional.empty(),
                RunEnded.DONE);
    }
}
