package dev.ashlar.model.identity;

import java.util.Optional;

/// The identity of an instance: `use.step[key]@node`, or `use.step` where the subject is the
/// cluster. It never changes while the thing it names lives, whatever happens to the files, so the
/// journal, `why` and the user all speak of the same vertex.
///
/// @param use the component's name in the cluster; `node` is kept for machines and their facts
/// @param step the step's name in the component
/// @param key the key under which `each:` repeats the step
/// @param node the subject; empty for the cluster itself
public record InstanceKey(String use, String step, Optional<String> key, Optional<String> node)
        implements Comparable<InstanceKey> {

    /// The use under which providers make machines (`node.acquire@NAME`) and facts are gathered.
    public static final String NODE_USE = "node";

    private static final String ACQUIRE = "acquire";

    /// Names that no step may have: those of a component's membership.
    public static final String JOIN = "join";

    public static final String LEAVE = "leave";

    public static InstanceKey onNode(String use, String step, String node) {
        return new InstanceKey(use, step, Optional.empty(), Optional.of(node));
    }

    public static InstanceKey ofCluster(String use, String step) {
        return new InstanceKey(use, step, Optional.empty(), Optional.empty());
    }

    /// Of a step that is repeated: the instance for the element of that key.
    public InstanceKey repeated(String element) {
        return new InstanceKey(use, step, Optional.of(element), node);
    }

    /// The same whatever element it is about.
    public InstanceKey whole() {
        return key.isEmpty() ? this : new InstanceKey(use, step, Optional.empty(), node);
    }

    /// Why a text cannot be the key of an element; empty where it can. Keys are part of what people
    /// type, of file names and of records.
    public static Optional<String> keyViolation(String text) {
        return KEY.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(
                        "letters, digits, \".\", \"_\" and \"-\", at most 63, beginning with a"
                                + " letter or digit");
    }

    private static final java.util.regex.Pattern KEY =
            java.util.regex.Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /// The vertex that makes a node available.
    public static InstanceKey acquire(String node) {
        return onNode(NODE_USE, ACQUIRE, node);
    }

    /// The vertex that gathers what a node is and stays.
    public static InstanceKey facts(String node) {
        return onNode(NODE_USE, "facts", node);
    }

    /// The vertex that gathers what changes on a node at any time.
    public static InstanceKey measures(String node) {
        return onNode(NODE_USE, "measures", node);
    }

    /// True of what makes a node available.
    public boolean isMachine() {
        return use.equals(NODE_USE) && step.equals(ACQUIRE);
    }

    /// The vertex that announces a new member to those that are there.
    public static InstanceKey join(String use, String node) {
        return onNode(use, JOIN, node);
    }

    /// The vertex that tells the others that a member goes.
    public static InstanceKey leave(String use, String node) {
        return onNode(use, LEAVE, node);
    }

    public boolean isJoin() {
        return step.equals(JOIN) && node.isPresent();
    }

    public boolean isLeave() {
        return step.equals(LEAVE) && node.isPresent();
    }

    /// True of what is about being a member: it is done for its subject by another.
    public boolean isMembership() {
        return isJoin() || isLeave();
    }

    /// Reads what [#toString] writes; empty when the text is no identity.
    public static Optional<InstanceKey> parse(String text) {
        var matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new InstanceKey(
                        matcher.group("use"),
                        matcher.group("step"),
                        Optional.ofNullable(matcher.group("key")),
                        Optional.ofNullable(matcher.group("node"))));
    }

    private static final java.util.regex.Pattern SYNTAX =
            java.util.regex.Pattern.compile(
                    "(?<use>[a-z][a-z0-9_-]*)\\.(?<step>[a-z][a-z0-9_]*)(\\[(?<key>[^\\]]+)\\])?(@(?<node>[A-Za-z0-9][A-Za-z0-9._-]*))?");

    /// `use.step[key]`: its name on whatever node.
    public String withoutNode() {
        return use + "." + step + key.map(k -> "[" + k + "]").orElse("");
    }

    /// What differs most often first.
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof InstanceKey(var otherUse, var otherStep, var its, var where)
                        && node.equals(where)
                        && key.equals(its)
                        && step.equals(otherStep)
                        && use.equals(otherUse));
    }

    /// Names are alike but for a digit, and so would their hashes be: those of a record's parts
    /// joined by 31, as strings join their signs, are the same for many elements on many nodes.
    @Override
    public int hashCode() {
        int hash = use.hashCode() * SPREAD + step.hashCode();
        return (hash * SPREAD + key.hashCode()) * SPREAD + node.hashCode();
    }

    /// Odd, and of no pattern.
    private static final int SPREAD = 0x9E3779B1;

    @Override
    public String toString() {
        return withoutNode() + node.map(n -> "@" + n).orElse("");
    }

    @Override
    public int compareTo(InstanceKey other) {
        return toString().compareTo(other.toString());
    }
}
