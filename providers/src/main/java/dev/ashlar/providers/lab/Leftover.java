package dev.ashlar.providers.lab;

/// Something of a lab's own that is still there.
///
/// @param kind `process`, `namespace`, `interface`, `mount`, `cgroup`, `rule` or `loop`
public record Leftover(String kind, String name) {
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
