package dev.ashlar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a measuring starts: the home of Ashlar, what is measured (`fleet`, `scale` or `all`), the
/// rounds of the fleet's quick contenders, those of the slow ones. `bench/run` says more.
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
        if (!part.equals("scale")) {
            new Fleet(home.resolve("ashlar"), sources, folder, stopwatch, Main::say)
                    .measure(
                            Integer.parseInt(arguments[2]),
                            Integer.parseInt(arguments[3]),
                            table -> report.write(Report.Part.FLEET, table));
        }
        if (!part.equals("fleet")) {
            new Scale(
                            home.resolve("ashlar"),
                            folder.resolve("scale"),
                            stopwatch,
                            Main::say,
                            table -> report.write(Report.Part.SCALE, table))
                    .measure(sources);
        }
        System.out.print(report.text());
    }

    private static void say(String words) {
        System.err.println("bench: " + words);
    }
}
