package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.document.WhyDocument;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.WhyView;
import dev.ashlar.engine.plan.Explainer;
import dev.ashlar.engine.plan.Explanation;
import dev.ashlar.engine.plan.Occasion;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.model.identity.InstanceKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Explain one instance: what became of it and why, and what would now.",
            "Says why, what it does, where each of its inputs comes from, what it made and what it waits for."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar why kv.configure@store-2 examples/etcd",
            "  ashlar why --json kv.run@store-1 examples/etcd"
        })
final class WhyCommand implements Callable<Integer> {
    private static final int MAX_SUGGESTED = 8;

    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "INSTANCE", description = "use.step[key]@node")
    private String instance = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        Cluster checked =
                Unlocking.ifPossible(
                        Loading.cluster(options.request(cluster), output, terminal), terminal);
        Explanation explanation =
                InstanceKey.parse(instance)
                        .flatMap(key ->
                                Explainer.explain(
                                        checked.graph(),
                                        checked.past(),
                                        key,
                                        Clock.systemUTC().millis()))
                        .orElseThrow(() -> unknown(checked, instance));
        Occasion occasion = Occasion.last(Recorded.about(checked.state(), explanation.key()));
        if (output.isHuman()) {
            new WhyView(terminal).lines(explanation, occasion).forEach(terminal::data);
        }
        output.document(
                terminal,
                () -> WhyDocument.of(checked.composition().name(), explanation, occasion));
        return ExitCode.DONE.code();
    }

    /// What is said of a name that neither the files nor the record know.
    static CommandStop unknown(Cluster cluster, String instance) {
        Set<String> known = new LinkedHashSet<>();
        cluster.graph().instances().keySet().forEach(key -> known.add(key.toString()));
        List<String> lines =
                List.of("error: no instance \"" + instance + "\"", help(instance, known));
        return new CommandStop(ExitCode.INVALID, lines);
    }

    /// Who leaves the node or the step out is told what there is of that; others what is like it.
    private static String help(String asked, Set<String> known) {
        List<String> inside = known.stream().filter(name -> isInside(name, asked)).toList();
        if (!inside.isEmpty()) {
            return "  help: name one of them: " + some(inside);
        }
        Optional<String> near = Spelling.nearest(asked, known);
        if (near.isPresent()) {
            return "  help: " + Spelling.meant(near.get());
        }
        List<String> like = known.stream().filter(name -> shares(name, asked)).toList();
        return like.isEmpty()
                ? "  help: an instance is named use.step@node; `ashlar status` lists them"
                : "  help: there are " + some(like);
    }

    private static String some(List<String> names) {
        int more = names.size() - MAX_SUGGESTED;
        String first = String.join(", ", names.subList(0, Math.min(names.size(), MAX_SUGGESTED)));
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static boolean isInside(String name, String asked) {
        return name.length() > asked.length()
                && name.startsWith(asked)
                && ".@[".indexOf(name.charAt(asked.length())) >= 0;
    }

    /// True when use, step or node of a name occur in what was asked for.
    private static boolean shares(String name, String asked) {
        for (String part : name.split("[.@]")) {
            if (part.length() > 1 && asked.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
