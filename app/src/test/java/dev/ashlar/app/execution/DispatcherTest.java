package dev.ashlar.app.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.execute.Mandate;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.transport.Transport;
import dev.ashlar.services.pki.AuthorityStore;
import dev.ashlar.services.pki.CertificateFunction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A listed machine whose port takes connections is acquired once it is the machine meant, and lets
/// its user in; what is off needs none.
class DispatcherTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void aMachineThatShowsAnotherHostKeyIsNotAcquired() throws IOException {
        Failure failure =
                Failure.lasting("host-key", Fault.ACCESS, "m-1 did not show a key that is pinned");

        assertThat(acquired(failure)).isEqualTo(new Report.NotDone(failure, List.of(), ""));
    }

    @Test
    void aMachineThatDoesNotLetItsUserInIsNotAcquired() throws IOException {
        Failure failure = Failure.lasting("auth", Fault.ACCESS, "m-1 does not let root in");

        assertThat(acquired(failure)).isEqualTo(new Report.NotDone(failure, List.of(), ""));
    }

    @Test
    void aMachineWhoseKeyCannotBeReadHereIsNotAcquired() throws IOException {
        Failure failure = Failure.lasting("identity", Fault.USER, "/nowhere can't be used");

        assertThat(acquired(failure)).isEqualTo(new Report.NotDone(failure, List.of(), ""));
    }

    @Test
    void aMachineWhoseUserMayNotBecomeRootIsNotAcquired() throws IOException {
        Failure failure = Failure.lasting("sudo", Fault.ACCESS, "sudo refuses");

        assertThat(acquired(failure)).isEqualTo(new Report.NotDone(failure, List.of(), ""));
    }

    @Test
    void aMachineThatIsOnlyBusyForTheMomentIsLeftToTheStepsThatWaitForIt() throws IOException {
        assertAcquired(Failure.passing("unreachable", Fault.NODE, "m-1 can't be reached"));
    }

    @Test
    void aMachineWhoseDiskIsFullIsTheOneThatIsMeant() throws IOException {
        assertAcquired(Failure.lasting("disk-full", Fault.NODE, "No space left on device"));
    }

    @Test
    void acquiringThatIsToldToStopHasNotFailed() throws IOException {
        assertThat(acquired(Failure.stop())).isEqualTo(new Report.Stopped(""));
    }

    @Test
    void whatIsOffIsNothingWhateverItsPlaceAlsoInCompany() throws IOException {
        List<Report> reports =
                with(
                        Failure.passing("unreachable", Fault.NODE, "it is off"),
                        dispatcher ->
                                dispatcher.together(
                                        List.of(off("controller"), directory("m-1"), off("m-1"))));

        assertThat(reports)
                .satisfiesExactly(
                        off -> assertThat(off).isEqualTo(Report.Done.nothing()),
                        on -> assertThat(on).isInstanceOf(Report.NotDone.class),
                        off -> assertThat(off).isEqualTo(Report.Done.nothing()));
    }

    private static Work.Apply off(String node) {
        return apply(node, List.of());
    }

    private static Work.Apply directory(String node) {
        return apply(
                node,
                List.of(Resource.of(ResourceKind.DIRECTORY, Map.of("path", Value.text("/srv/a")))));
    }

    private static Work.Apply apply(String node, List<Resource> resources) {
        return new Work.Apply(
                InstanceKey.onNode("kv", "configure", "m-1"),
                "1/2",
                node,
                resources,
                Duration.ofMinutes(1),
                StepSpec.OnDisconnect.KILL);
    }

    private void assertAcquired(Failure refusal) throws IOException {
        assertThat(acquired(refusal))
                .isInstanceOfSatisfying(
                        Report.Done.class,
                        done ->
                                assertThat(done.owned())
                                        .extracting(Owned::title)
                                        .containsExactly("machine m-1"));
    }

    private Report acquired(Failure refusal) throws IOException {
        return with(
                refusal,
                dispatcher ->
                        dispatcher.execute(
                                new Work.Acquire(
                                        InstanceKey.acquire("m-1"),
                                        "1/1",
                                        "m-1",
                                        "default",
                                        Duration.ofMinutes(1)),
                                false));
    }

    /// @param refusal what whoever connects to the machine meets
    private <T> T with(Failure refusal, Function<Dispatcher, T> action) throws IOException {
        Transport transport = _ -> new Transport.Opening.Refused(refusal);
        try (ServerSocket sshd = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            ProviderConfig listed = listed(sshd.getLocalPort());
            Machines machines = Machines.of(new Past(), List.of(listed));
            try (NodeExecutor nodes =
                    Workshop.nodes(
                            transport,
                            machines,
                            Mandate.looking("demo", "lineage"),
                            () -> Redaction.NONE)) {
                Dispatcher dispatcher =
                        new Dispatcher(
                                Workshop.sources(List.of(listed), "demo"),
                                Map.of(),
                                machines,
                                nodes,
                                new CertificateFunction(
                                        new AuthorityStore(folder, "demo", InstantSource.system()),
                                        folder,
                                        InstantSource.system()));
                return action.apply(dispatcher);
            }
        }
    }

    private static ProviderConfig listed(int port) {
        NodeAccess access =
                new NodeAccess(
                        "m-1",
                        "127.0.0.1",
                        port,
                        "root",
                        Path.of("/nowhere"),
                        List.of(new HostKey("ssh-ed25519", "AAAA")),
                        false,
                        Optional.empty());
        Span span = Span.wholeFile("sites/mine.yaml");
        return new ProviderConfig(
                "default",
                "inventory",
                new LinkedHashMap<>(),
                List.of(new ProviderConfig.Machine("m-1", access, new LinkedHashMap<>(), span)),
                span);
    }
}
