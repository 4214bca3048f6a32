package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.document.DocumentFile;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.services.pki.Intermediates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "request",
        description = {
            "Print what an authority's next certificate asks another authority to sign, as a root",
            "that is kept offline (PKCS #10). The key stays here. The same each time, until the",
            "certificate is used: `ashlar pki accept` takes it in, `ashlar pki rotate` uses it, and",
            "so does the first `ashlar up` of a cluster that has no such authority yet."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar pki request kv-peers examples/etcd --out kv-peers.csr",
            "  ashlar pki request kv-peers examples/etcd --withdraw"
        })
final class PkiRequestCommand implements Callable<Integer> {
    @Mixin private PkiCommand.Reading of = new PkiCommand.Reading();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write it there, not to standard output.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--withdraw",
            description = "Take it back, with its key and with the certificate that came for it.")
    private boolean withdraw;

    @Parameters(index = "0", paramLabel = "AUTHORITY", description = "The authority's name.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "Folder or file.")
    private Optional<Path> path = Optional.empty();

    @Override
    public Integer call() {
        Terminal terminal = of.output().terminal();
        if (out.isEmpty() && !withdraw && !of.output().isHuman()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: what is asked for is no JSON",
                            "  help: --out FILE says where it is to be written"));
        }
        out.filter(Files::exists)
                .ifPresent(one -> {
                    throw new CommandStop(
                            ExitCode.INVALID,
                            "error: " + one + " is there already, and was left as it is");
                });
        Cluster cluster = of.cluster(terminal, path);
        Optional<DocumentFile> file = out.map(one -> FileTarget.at("--out", one));
        try (Acting acting = Loading.act(cluster.folder())) {
            Intermediates intermediates = of.intermediates(cluster, acting, name);
            if (withdraw) {
                boolean isBack = intermediates.withdraw(name);
                terminal.say(
                        isBack
                                ? "%s asks for nothing any more".formatted(name)
                                : "%s has asked for nothing".formatted(name));
            } else {
                tell(terminal, intermediates.request(name), file);
            }
            return of.told(terminal, cluster.with(acting), "request", name);
        } catch (IOException e) {
            throw PkiCommand.unusable(e);
        }
    }

    private void tell(Terminal terminal, String request, Optional<DocumentFile> file) {
        file.ifPresentOrElse(
                one -> {
                    FileTarget.write(one, request);
                    terminal.say("Wrote " + one);
                },
                () -> request.lines().forEach(terminal::data));
        terminal.say(
                "  help: sign it there, with all that it asks for (`openssl x509 -req -copy_extensions copy ...`); `ashlar pki accept %s FILE` takes what comes back, with all above it"
                        .formatted(name));
    }
}
