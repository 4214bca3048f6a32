package dev.ashlar.model.node;

/// A machine's public SSH host key, as in `known_hosts`: `ssh-ed25519`, base64.
public record HostKey(String algorithm, String base64) {

    /// Reads `ALGORITHM BASE64 [comment]`.
    public static java.util.Optional<HostKey> parse(String line) {
        String[] parts = line.strip().split("\\s+", 3);
        return parts.length < 2 || !parts[1].startsWith("AAAA")
                ? java.util.Optional.empty()
                : java.util.Optional.of(new HostKey(parts[0], parts[1]));
    }

    @Override
    public String toString() {
        return algorithm + " " + base64;
    }
}
