package dev.ashlar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a measuring starts: the home of Ashlar, what is measured (`fleet`, `etcd`, `scale`,
/// `core`, `million`, or `all` but the million), the rounds of what is quick, those of the slow
/// contenders. `bench/run` says more.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments[0]);
        String part = arguments[1];
        Path sources = home.resolve("bench");
        Path folder = home.resolve("target/bench");
        Files.createDirectories(folder);
        Stopwatch stopwatch = new Stopwatch(folder.resolve("last.log"));
        Report report = new Report(sources.resolve("RESULTS.md"), folder, stopwatch);
        int rounds = Integer.parseInt(arguments[2]);
        if (isWanted("fleet", part)) {
            new Fleet(home.resolve("ashlar"), sources, folder, stopwatch, Main::say)
                    .measure(
                            rounds,
                            Integer.parseInt(arguments[3]),
                            table -> report.write(Report.Part.FLEET, table));
        }
        if (isWanted("etcd", part)) {
            new Etcd(home.resolve("ashlar"), home, folder.resolve("etcd"), stopwatch, Main::say)
                    .measure(rounds, table -> report.write(Report.Part.ETCD, table));
        }
        if (isWanted("scale", part)) {
            scale(home, folder, report, Report.Part.SCALE).measure(sources);
        }
        if (part.equals("million")) {
            scale(home, folder, report, Report.Part.MILLION).measureMillion(sources);
        }
        if (isWanted("core", part)) {
            new Core(folder.resolve("core"), Main::say)
                    .measure(sources, table -> report.write(Report.Part.CORE, table));
        }
        System.out.print(report.text());
    }

    private static Scale scale(Path home, Path folder, Report report, Report.Part part) {
        return new Scale(
                home.resolve("ashlar"),
                folder.resolve("scale"),
                report.stopwatch(),
                Main::say,
                table -> report.write(part, table));
    }

    private static boolean isWanted(String part, String wanted) {
        return wanted.equals(part) || wanted.equals("all");
    }

    private static void say(String words) {
        System.err.println("bench: " + words);
    }
}
