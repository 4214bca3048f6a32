package dev.ashlar.app.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/// A real HAProxy on a machine that lets in whoever shows a certificate of an authority, by the
/// files that a step has put there.
public record HaproxyGate(Machine machine, String files) {
    private static final String PORT = "8443";

    /// @param files the folder of the key, the certificate, whom to believe and what is revoked
    public static HaproxyGate on(Machine machine, String files) {
        machine.run(
                "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends haproxy >/dev/null");
        String configuration =
                """
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 5s
                  timeout server 5s
                frontend gate
                  bind :%s ssl crt /etc/haproxy/own.pem ca-file %s/authority.pem crl-file %s/revoked.pem verify required
                  http-request return status 200 content-type text/plain string let-in
                """
                        .formatted(PORT, files, files);
        machine.run(configuration.getBytes(StandardCharsets.UTF_8), "cat >/etc/haproxy/haproxy.cfg")
                .expect(0);
        HaproxyGate gate = new HaproxyGate(machine, files);
        gate.readsAnew();
        return gate;
    }

    /// Takes the files as they are now.
    public void readsAnew() {
        machine.run(
                "umask 077; cat %s/certificate.pem %s/key.pem >/etc/haproxy/own.pem"
                        .formatted(files, files));
        machine.run("haproxy -c -f /etc/haproxy/haproxy.cfg && systemctl restart haproxy");
    }

    /// What becomes of another machine that shows its own certificate.
    public boolean letsIn(Machine other) {
        String address = machine.run("hostname -I | cut -d' ' -f1");
        Finished asked =
                other.attempt(
                        "cd %s && printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -connect %s:%s -CAfile authority.pem -verify_return_error -cert certificate.pem -key key.pem"
                                .formatted(files, address, PORT));
        assertThat(asked.err()).as("it proves who it is").doesNotContain("verify error");
        return asked.out().contains("let-in");
    }
}
