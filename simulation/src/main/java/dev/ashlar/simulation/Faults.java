package dev.ashlar.simulation;

/// How often what goes wrong, each as a probability per piece of work unless said otherwise.
///
/// @param stepFails a passing failure, before anything was done
/// @param stepBroken per instance and run: it fails for good each time
/// @param answerLost it is done, and its answer is lost with the line
/// @param slow it takes a hundred times as long
/// @param nodeOutages how many nodes are unreachable for a while, per run
/// @param crash per run: the controller dies at some moment, what runs is cut off anywhere
/// @param cancel per run: a person cancels at some moment, once or twice
public record Faults(
        double stepFails,
        double stepBroken,
        double answerLost,
        double slow,
        int nodeOutages,
        double crash,
        double cancel) {

    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0);

    /// A bad day.
    public static final Faults MANY = new Faults(0.05, 0.01, 0.05, 0.02, 1, 0.7, 0.2);
}
