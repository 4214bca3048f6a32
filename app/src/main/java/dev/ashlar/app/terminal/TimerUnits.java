package dev.ashlar.app.terminal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The units of systemd by which a cluster's certificates are renewed without anybody: a shell
/// script that writes them, so that it can be read, piped into a shell, or cut in two.
///
/// @param launcher the program, by its whole path
/// @param cluster the cluster's folder, by its whole path
/// @param user as whom it runs
/// @param environment what it is to find in its environment
public record TimerUnits(
        String name, Path launcher, Path cluster, String user, Map<String, String> environment) {
    private static final String FOLDER = "/etc/systemd/system/";
    private static final String END = "END_OF_UNIT";

    public TimerUnits {
        environment = Map.copyOf(environment);
    }

    private String unit(String kind) {
        return "ashlar-" + name + "-pki." + kind;
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "# Renews once a day what is due of cluster "
                        + name
                        + ": `ashlar pki renew --due`.");
        lines.add("# To install: ashlar timer print CLUSTER | sudo sh");
        lines.add("# To look:    systemctl list-timers " + unit("timer"));
        lines.add("#             journalctl -u " + unit("service"));
        lines.add("# To remove:  systemctl disable --now " + unit("timer") + ", then both files.");
        lines.add(
                "# It asks nobody (--yes), and carries out nothing else that the files have changed.");
        lines.add("cat >" + FOLDER + unit("service") + " <<'" + END + "'");
        lines.addAll(service());
        lines.add(END);
        lines.add("cat >" + FOLDER + unit("timer") + " <<'" + END + "'");
        lines.addAll(timer());
        lines.add(END);
        lines.add("systemctl daemon-reload");
        lines.add("systemctl enable --now " + unit("timer"));
        return lines;
    }

    List<String> service() {
        List<String> lines = new ArrayList<>();
        lines.add("[Unit]");
        lines.add("Description=Renew the certificates of cluster " + name);
        lines.add("Wants=network-online.target");
        lines.add("After=network-online.target");
        lines.add("");
        lines.add("[Service]");
        lines.add("Type=oneshot");
        lines.add("User=" + user);
        new TreeMap<>(environment)
                .forEach((key, value) -> lines.add("Environment=" + quoted(key + "=" + value)));
        lines.add(
                "ExecStart="
                        + quoted(launcher.toString())
                        + " pki renew --due --yes --no-input --progress plain "
                        + quoted(cluster.toString()).replace("$", "$$"));
        return lines;
    }

    List<String> timer() {
        return List.of(
                "[Unit]",
                "Description=Renew the certificates of cluster " + name + " when they are due",
                "",
                "[Timer]",
                "OnCalendar=daily",
                "RandomizedDelaySec=2h",
                "Persistent=true",
                "",
                "[Install]",
                "WantedBy=timers.target");
    }

    /// As systemd reads a word; what it would put something else for is doubled.
    private static String quoted(String word) {
        return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%") + "\"";
    }
}
