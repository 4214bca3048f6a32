package dev.ashlar.nodes.transport;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import java.time.Duration;
import java.util.Objects;

/// What a failed attempt to connect means to people.
final class SshFailures {
    private SshFailures() {}

    static Failure of(NodeAccess access, JSchException e) {
        String said =
                Objects.requireNonNullElse(e.getMessage(), "no answer")
                        .replaceAll("[a-zA-Z.]*\\b(java|com)\\.[a-zA-Z.]*Exception: ?", "");
        String where = where(access);
        boolean negotiation =
                e instanceof JSchAlgoNegoFailException && said.contains("server_host_key");
        if (e instanceof JSchHostKeyException || negotiation || said.contains("HostKey")) {
            return Failure.lasting(
                            Transport.HOST_KEY,
                            Fault.ACCESS,
                            where
                                    + " did not show a host key that is pinned for it"
                                    + certified(access))
                    .withHint(
                            "Nothing was sent. If the machine was made anew, update the host_keys of its entry at the site; if not, something else answers at its address.");
        }
        if (said.startsWith("Auth") || said.contains("Too many authentication")) {
            return Failure.lasting(
                            "auth",
                            Fault.ACCESS,
                            where
                                    + " does not let "
                                    + access.user()
                                    + " in with "
                                    + access.identity())
                    .withHint("Check the user, the key, and the machine's authorized_keys.");
        }
        if (said.contains("privatekey") || e.getCause() instanceof java.io.FileNotFoundException) {
            return Failure.lasting(
                    "identity",
                    Fault.USER,
                    "the private key " + access.identity() + " can't be used: " + said);
        }
        Failure failure =
                Failure.passing("unreachable", Fault.NODE, where + " can't be reached: " + said);
        boolean silent =
                said.contains("foreign host")
                        || said.contains("version string")
                        || said.contains("reset");
        return silent
                ? failure.withHint(
                        "What answers there did not say that it speaks SSH: check the port; or sshd is being restarted, or more than its MaxStartups are logging in, for which `retries:` of a step waits.")
                : isAbsent(said)
                        ? failure.withHint(
                                "If its machine is off: a plain `up` does not start it again, `up --verify` does where the site made it.")
                        : failure;
    }

    /// True where a machine has shown no host key of the kinds it was asked for, or a wrong one. Of
    /// a host before it the same may be said, which is not this.
    static boolean isOfItsKey(NodeAccess access, Failure why) {
        return why.kind().equals(Transport.HOST_KEY) && why.message().startsWith(where(access));
    }

    private static String certified(NodeAccess access) {
        return access.authorities().isEmpty()
                ? ""
                : ", nor a certificate of a known authority that is for this address and valid now";
    }

    /// It took the connection and did not come to the end of the login.
    static Failure late(NodeAccess access, Duration within) {
        return Failure.passing(
                        "unreachable",
                        Failure.Fault.NODE,
                        "%s has not let anybody in within %d s"
                                .formatted(where(access), within.toSeconds()))
                .withHint("It may be stopped or overloaded, or it is no sshd that answers there.");
    }

    /// What answers there says what nobody can make anything of.
    static Failure nonsense(NodeAccess access) {
        return Failure.passing(
                        "unreachable", Failure.Fault.NODE, where(access) + " says what is no SSH")
                .withHint("Check the address and the port: something else may answer there.");
    }

    private static String where(NodeAccess access) {
        return access.node() + " (" + access.address() + ":" + access.port() + ")";
    }

    private static boolean isAbsent(String said) {
        return said.contains("refused")
                || said.contains("timeout")
                || said.contains("timed out")
                || said.contains("No route");
    }
}
