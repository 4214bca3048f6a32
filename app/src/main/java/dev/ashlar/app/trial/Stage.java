package dev.ashlar.app.trial;

import java.util.List;

/// One stage of a suite. The next one is only come to when this one found nothing.
///
/// @param title what is done in it, in a few words
record Stage(String title, Part part) {

    /// What a stage does.
    interface Part {
        /// @return what is not as it should be
        /// @throws InterruptedException when a person or the clock has ended the suite
        List<Finding> play() throws InterruptedException;
    }
}
