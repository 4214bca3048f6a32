package dev.ashlar.services.pki;

import dev.ashlar.model.resource.ServiceFunction;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// Carries out `pki/certificate`. A certificate that is in place and still does is left as it is:
/// same authority, key, names, usage and subject, and more than a third of its life to go. Safe for
/// use by many threads.
public final class CertificateFunction {
    /// How steps name it.
    public static final String WORD = ServiceFunction.PKI_CERTIFICATE.word();

    /// The kind of [Owned] that only [#undo] takes back.
    public static final String KEY_KIND = "private-key";

    private final Issuance issuance;
    private final NodeCertificates onNodes;
    private final ControllerCertificates onController;

    /// @param access the folder on the controller where its own certificates go
    public CertificateFunction(AuthorityStore authorities, Path access, InstantSource clock) {
        issuance = new Issuance(authorities, clock);
        onNodes = new NodeCertificates(issuance, clock);
        onController = new ControllerCertificates(issuance, access);
    }

    /// Brings the certificate about, on the call's node or, where it names none, on the controller.
    ///
    /// @param nodes reaches the node; is given scripts and files under intents that begin with the
    ///   call's
    public Report execute(Work.Call call, boolean again, Executor nodes) {
        CertificateSpec spec;
        try {
            spec = CertificateSpec.of(call.arguments());
        } catch (CertificateSpec.WrongException e) {
            return notDone(Failure.lasting("certificate-arguments", Fault.USER, e.reason()));
        }
        try {
            // Before anybody is asked: without it nothing is to be left on a node.
            issuance.require(spec);
            return call.node().isPresent()
                    ? onNodes.bringAbout(call, call.node().get(), spec, again, nodes)
                    : onController.bringAbout(call, spec);
        } catch (UnsignedException e) {
            return notDone(
                    Failure.lasting("authority-unsigned", Fault.SITE, e.reason())
                            .withHint(
                                    "`ashlar pki accept %s FILE` takes its certificate in; `ashlar pki request %s --withdraw` goes on without"
                                            .formatted(spec.authority(), spec.authority())));
        } catch (IOException e) {
            return notDone(
                    Failure.lasting(
                                    "authority",
                                    Fault.SITE,
                                    "the controller's files for authority %s cannot be used: %s"
                                            .formatted(spec.authority(), e))
                            .withHint(
                                    "free space and owner of the cluster's .ashlar folder decide"));
        }
    }

    /// True when an undo must come to [#undo] rather than to the node's own executor.
    public static boolean undoes(Work.Undo undo) {
        return undo.node().isEmpty()
                ? undo.owned().stream().anyMatch(ControllerCertificates::owns)
                : undo.owned().stream().anyMatch(o -> o.kind().equals(KEY_KIND));
    }

    /// Takes back what [#execute] made. What it does not know it hands on to `nodes`.
    public Report undo(Work.Undo undo, boolean again, Executor nodes) {
        return undo.node().isPresent()
                ? onNodes.takeBack(undo, undo.node().get(), again, nodes)
                : onController.takeBack(undo);
    }

    static Report notDone(Failure failure) {
        return new Report.NotDone(failure, List.<Owned>of(), "");
    }
}
