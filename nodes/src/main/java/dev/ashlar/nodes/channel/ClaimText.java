package dev.ashlar.nodes.channel;

import java.util.List;

/// Programs about whom a node answers to, for [ShellChannel#ask] with the number of the request and
/// [ShellChannel#tell]. Once a channel has made a claim, every job of it and each request below is
/// refused when the node carries another: the answer's field `claimed` says which.
public final class ClaimText {
    private ClaimText() {}

    /// Has the node carry a claim in place of another. Needs no answer.
    public static String claim(String carried, String text) {
        return "claim " + ShellText.quoted(carried) + " " + ShellText.quoted(text) + "\n";
    }

    /// Asks whether a job would be refused.
    public static String settle(int request) {
        return "settle " + request + "\n";
    }

    /// Has the node forget whom it answers to, and all that it keeps for that.
    public static String disclaim(int request) {
        return "disclaim " + request + "\n";
    }

    /// Keeps a file for whom the node answers to.
    ///
    /// @param name letters, digits, dots and dashes
    public static String keep(int request, String name, byte[] bytes) {
        return "if mine "
                + request
                + "; then\nbad=\nmkdir -p \"$COPIES\" || bad=yes\n"
                + ShellText.writing(bytes, "\"$COPIES/.new.$SESSION\"")
                + "kept "
                + request
                + " \"$COPIES/"
                + name
                + "\"\nfi\n";
    }

    /// Removes files that were kept.
    public static String drop(int request, List<String> names) {
        return "drop " + request + " " + String.join(" ", names) + "\n";
    }
}
