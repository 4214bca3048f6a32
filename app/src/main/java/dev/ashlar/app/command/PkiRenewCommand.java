package dev.ashlar.app.command;

import dev.ashlar.app.cluster.PkiRecord;
import dev.ashlar.app.cluster.PkiRecord.Certificate;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.text.Words;
import dev.ashlar.services.pki.AuthorityFacts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "renew",
        description = {
            "Make certificates anew, by an ordinary run under the rollout; keys stay.",
            "Whoever watches them is restarted in turns; a run that was cut short is gone on with",
            "by the same command, or by `ashlar up`."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar pki renew --due examples/etcd --yes     what a timer runs",
            "  ashlar pki renew kv.certificate@store-1 examples/etcd",
            "  ashlar pki renew --authority kv-peers examples/etcd"
        })
final class PkiRenewCommand implements Callable<Integer> {
    private static final int MOST_NAMED = 4;

    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();
    @Mixin private RunOptions run = new RunOptions();

    @Option(names = "--due", description = "Those of whose life a third or less is left.")
    private boolean due;

    @Option(names = "--all", description = "All of the cluster, due or not.")
    private boolean all;

    @Option(
            names = "--authority",
            paramLabel = "NAME",
            description = "All of this authority, due or not.")
    private Optional<String> authority = Optional.empty();

    @Mixin private ReasonOption reason = new ReasonOption();

    @Parameters(
            arity = "0..2",
            paramLabel = "[STEP@NODE] CLUSTER",
            description = "Whose, unless an option says so; folder or file.")
    private @Nullable List<String> words;

    @Override
    public Integer call() throws InterruptedException {
        List<String> given = words == null ? List.of() : words;
        int options = (due ? 1 : 0) + (all ? 1 : 0) + (authority.isPresent() ? 1 : 0);
        int named = options == 0 ? 1 : 0;
        if (options > 1 || given.size() < named || given.size() > named + 1) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: renew wants STEP@NODE, --authority NAME, --due or --all; then the cluster");
        }
        Optional<String> instance = given.stream().limit(named).findFirst();
        Optional<Path> path = given.stream().skip(named).findFirst().map(Path::of);
        try (OrderedRun ordered = OrderedRun.begin(output, run, this.options.request(path))) {
            Instant now = Instant.now();
            PkiRecord pki = PkiCommand.record(ordered.cluster(), now);
            return renew(ordered, pki, chosen(pki, instance, now), now);
        }
    }

    private int renew(OrderedRun ordered, PkiRecord pki, List<Certificate> chosen, Instant now)
            throws InterruptedException {
        if (due) {
            DueAuthorities.ending(
                            pki.authorities().stream().map(AuthorityFacts::ends).toList(), now)
                    .forEach(ordered.terminal()::warn);
        }
        boolean goesOn = ordered.isUnfinished();
        List<Certificate> fresh = goesOn ? withoutOrdered(ordered, chosen) : chosen;
        List<AuthorityOrdered> lists = lists(ordered, pki, now);
        if (fresh.isEmpty() && lists.isEmpty() && !goesOn) {
            return ordered.nothing(due ? "Nothing is due" : "There is no certificate");
        }
        Set<InstanceKey> about = new LinkedHashSet<>();
        for (Certificate one : fresh) {
            InstanceKey.parse(one.entry().instance()).ifPresent(about::add);
        }
        lists.forEach(list -> about.addAll(pki.holders(list.authority())));
        if (!about.isEmpty()) {
            tell(ordered, "To be renewed", about);
        }
        if (goesOn) {
            tell(ordered, "What was ordered before is gone on with", ordered.owed());
            about.addAll(ordered.owed());
        }
        List<AuthorityOrdered> orders = new ArrayList<>(ordering(now).of(fresh, Order.RENEW));
        orders.addAll(lists);
        return ordered.told(ordered.carryOut("pki renew", orders, about));
    }

    private static void tell(OrderedRun ordered, String words, Set<InstanceKey> about) {
        String named = Words.some(about.stream().map(InstanceKey::toString).toList(), MOST_NAMED);
        ordered.terminal().say(about.isEmpty() ? words : words + ": " + named);
    }

    /// What was ordered by a run that was cut short is not ordered once more. What is due is so
    /// however often its instance was named: there the certificate counts.
    private List<Certificate> withoutOrdered(OrderedRun ordered, List<Certificate> chosen) {
        return chosen.stream()
                .filter(one ->
                        due
                                ? !ordered.orders()
                                        .of(one.entry().authority())
                                        .isSuperseded(one.entry().serial())
                                : InstanceKey.parse(one.entry().instance())
                                        .filter(key ->
                                                ordered.orders()
                                                        .isBeingRenewed(
                                                                one.entry().authority(), key))
                                        .isEmpty())
                .toList();
    }

    /// For each authority whose list of what is revoked ends before long, and of which no other was
    /// ordered that has not been made yet.
    private List<AuthorityOrdered> lists(OrderedRun ordered, PkiRecord pki, Instant now) {
        return pki.authorities().stream()
                .filter(_ -> due)
                .filter(one ->
                        ordered.orders().unfinished().stream()
                                .filter(order -> order.order() == Order.LIST)
                                .noneMatch(order -> order.authority().equals(one.name())))
                .filter(one -> one.list().filter(list -> list.isDue(now)).isPresent())
                .map(one -> ordering(now).of(one.name(), Order.LIST))
                .toList();
    }

    private Ordering ordering(Instant now) {
        String why = reason.text();
        return new Ordering(why.isEmpty() && due ? "due" : why, now);
    }

    private List<Certificate> chosen(PkiRecord pki, Optional<String> instance, Instant now) {
        Predicate<Certificate> which =
                one ->
                        all
                                || (due && one.entry().isDue(now))
                                || authority.filter(one.entry().authority()::equals).isPresent()
                                || instance.filter(named -> isOf(named, one)).isPresent();
        // Who is barred has another only where somebody names it: no timer takes that back.
        List<Certificate> chosen =
                pki.inUse().stream()
                        .filter(which)
                        .filter(one -> instance.isPresent() || !pki.isBarred(one))
                        .toList();
        authority.ifPresent(name -> PkiCommand.named(pki, name));
        if (instance.isPresent() && chosen.isEmpty()) {
            throw unknown(pki, instance.get());
        }
        return chosen;
    }

    /// True of the instance itself, and of all of its step.
    static boolean isOf(String named, Certificate one) {
        String instance = one.entry().instance();
        return instance.equals(named) || instance.startsWith(named + "@");
    }

    static CommandStop unknown(PkiRecord pki, String named) {
        Set<String> known =
                pki.inUse().stream().map(one -> one.entry().instance()).collect(Collectors.toSet());
        return new CommandStop(
                ExitCode.INVALID,
                List.of(
                        "error: no certificate in use is of \"" + named + "\"",
                        "  help: "
                                + Spelling.hint(named, known)
                                        .orElse("`ashlar pki list` shows them")));
    }
}
