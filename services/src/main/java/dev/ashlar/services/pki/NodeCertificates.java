package dev.ashlar.services.pki;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.OnDisconnect;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Certificates on nodes: the directory, then the key and a request by a script on the node, then
/// the certificate and its authority's as files. Another key waits beside the one in use for the
/// certificate for it.
final class NodeCertificates {
    private static final StepSpec.Script REQUEST = script("request.sh");
    private static final StepSpec.Script INSTALL = script("install.sh");
    private static final StepSpec.Script REMOVE = script("remove.sh");
    private static final List<String> ANSWERS =
            List.of("problem", "clock", "changed", "request", "certificate");

    private final Issuance issuance;
    private final InstantSource clock;

    NodeCertificates(Issuance issuance, InstantSource clock) {
        this.issuance = issuance;
        this.clock = clock;
    }

    Report bringAbout(
            Work.Call call, String node, CertificateSpec spec, boolean again, Executor nodes)
            throws IOException {
        Progress progress = new Progress();
        boolean ownDirectory = spec.directory().isEmpty();
        String directory = ownDirectory ? defaultDirectory(call.key()) : spec.directory();
        if (!directory.matches("/[^\\p{Cntrl}]+")) {
            return CertificateFunction.notDone(
                    Failure.lasting(
                            "certificate-arguments",
                            Fault.USER,
                            "directory `%s` is not an absolute path".formatted(directory)));
        }
        if (ownDirectory) {
            Map<String, Value> folder =
                    Map.of("path", Value.text(directory), "mode", Value.text("0755"));
            var made = apply(call, node, "directory", ResourceKind.DIRECTORY, List.of(folder));
            if (!progress.took(nodes.execute(made, again))) {
                return progress.ended();
            }
        }
        Place place = new Place(call, node, directory, spec);
        Asked asked = asked(place, false, again, nodes, progress);
        if (asked instanceof Asked.Answered first
                && issuance.wantsAnotherKey(spec, first.key().key())) {
            asked = asked(place, true, again, nodes, progress);
        }
        return switch (asked) {
            case Asked.Ended(Report report) -> report;
            case Asked.Answered answered -> issued(place, answered, again, nodes, progress);
        };
    }

    private Report issued(
            Place place, Asked.Answered answered, boolean again, Executor nodes, Progress progress)
            throws IOException {
        Work.Call call = place.call();
        CertificateSpec spec = place.spec();
        PublicKey key = answered.key().key();
        Optional<Failure> objection = issuance.objection(call, spec, key);
        if (objection.isPresent()) {
            progress.key(place.key(), Map.of(), answered.isMended());
            return progress.failed(objection.get());
        }
        var issued = issuance.certificate(call, spec, key, answered.inPlace());
        if (answered.isNext()
                && !progress.heard(nodes.execute(install(place, issued.text()), again))) {
            progress.key(place.key(), Map.of(), false);
            return progress.ended();
        }
        progress.key(
                place.key(),
                seen(answered.key(), spec.owner()),
                answered.isNext() || answered.isMended());
        if (answered.isNext()) {
            progress.changed("file " + place.certificate());
        }
        List<Map<String, Value>> files =
                List.of(
                        file(place.certificate(), issued.text()),
                        file(place.authority(), issued.authority()),
                        file(place.revoked(), issued.revoked()));
        var written = apply(call, place.node(), "files", ResourceKind.FILE, files);
        return progress.took(nodes.execute(written, again))
                ? progress.done(
                        issued.outputs(
                                place.certificate(),
                                place.key(),
                                place.authority(),
                                place.revoked()))
                : progress.ended();
    }

    /// Where a key and its certificate are to be.
    private record Place(Work.Call call, String node, String directory, CertificateSpec spec) {
        String key() {
            return directory + "/key.pem";
        }

        String certificate() {
            return directory + "/certificate.pem";
        }

        String authority() {
            return directory + "/authority.pem";
        }

        String revoked() {
            return directory + "/revoked.pem";
        }
    }

    /// What the node said.
    private sealed interface Asked {
        /// @param key which the certificate is to be for
        /// @param isMended the key in place was made or mended just now
        /// @param isNext the key is another, beside the one in place
        record Answered(
                Keys.Requested key,
                boolean isMended,
                boolean isNext,
                Optional<X509Certificate> inPlace)
                implements Asked {}

        /// Nothing can be issued on it.
        record Ended(Report report) implements Asked {}
    }

    /// @param anew another key is made beside one that was made there
    private Asked asked(
            Place place, boolean anew, boolean again, Executor nodes, Progress progress) {
        Instant before = clock.instant();
        if (!progress.heard(nodes.execute(ask(place, anew), again))) {
            return new Asked.Ended(progress.ended());
        }
        Instant after = clock.instant();
        SequencedMap<String, Value> answer = progress.outputs();
        Optional<Failure> problem =
                problem(text(answer, "problem"), place.spec(), place.node(), place.directory())
                        .or(() ->
                                Skew.of(text(answer, "clock"), before, after)
                                        .objection(place.node(), place.spec().maxSkew()));
        if (problem.isPresent()) {
            return new Asked.Ended(progress.failed(problem.get()));
        }
        boolean isMended = text(answer, "changed").equals("key");
        try {
            return new Asked.Answered(
                    Keys.requested(text(answer, "request")),
                    isMended,
                    text(answer, "changed").equals("next"),
                    inPlace(text(answer, "certificate")));
        } catch (Keys.RefusedException e) {
            progress.key(place.key(), Map.of(), isMended);
            return new Asked.Ended(
                    progress.failed(
                            Failure.lasting("certificate-request", Fault.NODE, e.reason())
                                    .withHint(
                                            "look at %s on %s"
                                                    .formatted(place.key(), place.node()))));
        }
    }

    /// What `up --verify` compares: whose the key file is, and which key it holds, told by the half
    /// of it that is public.
    private static Map<String, String> seen(Keys.Requested key, String owner) {
        return Map.of("public_sha256", key.sha256(), "mode", "0600", "owner", owner);
    }

    /// Keys first: their directory goes with what is left in it.
    Report takeBack(Work.Undo undo, String node, boolean again, Executor nodes) {
        Progress progress = new Progress();
        List<Owned> others = new ArrayList<>();
        for (Owned owned : undo.owned()) {
            if (!owned.kind().equals(CertificateFunction.KEY_KIND)) {
                others.add(owned);
            } else if (!progress.took(nodes.execute(remove(undo, node, owned), again))) {
                return progress.ended();
            }
        }
        Work.Undo rest =
                new Work.Undo(
                        undo.key(),
                        undo.intent() + "-files",
                        Optional.of(node),
                        others,
                        undo.timeout());
        if (!others.isEmpty() && !progress.took(nodes.execute(rest, again))) {
            return progress.ended();
        }
        return progress.done(new LinkedHashMap<>());
    }

    private static Work.Run remove(Work.Undo undo, String node, Owned key) {
        SequencedMap<String, Value> inputs = new LinkedHashMap<>();
        inputs.put("key", Value.text(key.identity()));
        return run(undo, undo.intent() + "-key", node, REMOVE, inputs, List.of());
    }

    private static Work.Run install(Place place, String certificate) {
        SequencedMap<String, Value> inputs = new LinkedHashMap<>();
        inputs.put("directory", Value.text(place.directory()));
        inputs.put("certificate", Value.text(certificate));
        Work.Call call = place.call();
        return run(call, call.intent() + "-install", place.node(), INSTALL, inputs, List.of());
    }

    private static Work.Run run(
            Work part,
            String intent,
            String node,
            StepSpec.Script script,
            SequencedMap<String, Value> inputs,
            List<String> answers) {
        SequencedMap<String, Type> outputs = new LinkedHashMap<>();
        answers.forEach(name -> outputs.put(name, Type.Scalar.TEXT));
        return new Work.Run(
                part.key(),
                intent,
                node,
                script,
                Optional.empty(),
                inputs,
                outputs,
                part.timeout(),
                OnDisconnect.KILL);
    }

    private static String defaultDirectory(InstanceKey key) {
        String name = key.use() + "." + key.step() + key.key().map(k -> "." + k).orElse("");
        return "/etc/ashlar/pki/" + name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static Work.Run ask(Place place, boolean anew) {
        Work.Call call = place.call();
        SequencedMap<String, Value> inputs = new LinkedHashMap<>();
        inputs.put("directory", Value.text(place.directory()));
        inputs.put("owner", Value.text(place.spec().owner()));
        inputs.put("algorithm", Value.text(place.spec().algorithm().word()));
        inputs.put("anew", Value.text(anew ? "yes" : "no"));
        String intent = call.intent() + (anew ? "-another-key" : "-key");
        return run(call, intent, place.node(), REQUEST, inputs, ANSWERS);
    }

    private static Work.Apply apply(
            Work.Call call,
            String node,
            String suffix,
            ResourceKind kind,
            List<Map<String, Value>> parameters) {
        return new Work.Apply(
                call.key(),
                call.intent() + "-" + suffix,
                node,
                parameters.stream().map(p -> Resource.of(kind, p)).toList(),
                call.timeout(),
                OnDisconnect.KILL);
    }

    private static Map<String, Value> file(String path, String content) {
        return Map.of(
                "path", Value.text(path),
                "content", Value.text(content),
                "mode", Value.text("0644"));
    }

    private static Optional<Failure> problem(
            String word, CertificateSpec spec, String node, String directory) {
        return switch (word) {
            case "" -> Optional.empty();
            case "no-openssl" ->
                    Optional.of(
                            Failure.lasting(
                                            "openssl-missing",
                                            Fault.USER,
                                            "%s has no openssl, which makes the key there"
                                                    .formatted(node))
                                    .withHint(
                                            "add `- package: { name: openssl }` to an earlier step"));
            case "no-owner" ->
                    Optional.of(
                            Failure.lasting(
                                            "owner-missing",
                                            Fault.USER,
                                            "%s has no user `%s` to own the key"
                                                    .formatted(node, spec.owner()))
                                    .withHint(
                                            "let a `user` resource or the package that brings it come first"));
            case "no-directory" ->
                    Optional.of(
                            Failure.lasting(
                                            "directory-missing",
                                            Fault.USER,
                                            "%s has no directory %s".formatted(node, directory))
                                    .withHint(
                                            "add a `directory` resource to an earlier step, or leave `directory` out"));
            default ->
                    Optional.of(
                            Failure.lasting(
                                    "certificate-request", Fault.BUG, "unknown answer " + word));
        };
    }

    private static Optional<X509Certificate> inPlace(String base64) {
        try {
            return base64.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Pem.certificate(Base64.getDecoder().decode(base64)));
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(Map<String, Value> answer, String name) {
        Value value = answer.get(name);
        return value != null && value.data() instanceof Data.Text(String text) ? text : "";
    }

    private static StepSpec.Script script(String name) {
        try (InputStream stream = NodeCertificates.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("not packed: " + name);
            }
            return new StepSpec.Script(
                    "pki/certificate " + name,
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
