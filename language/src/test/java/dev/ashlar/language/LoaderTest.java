package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.StepSpec;
import org.junit.jupiter.api.Test;

class LoaderTest {
    @Test
    void loadsTheEtcdExample() {
        Loaded loaded = Loader.load(Repository.etcd());

        assertThat(loaded.diagnostics()).isEmpty();
        Composition composition = loaded.composition().orElseThrow();
        assertThat(composition.groups().firstEntry().getValue().nodes())
                .containsExactly("store-1", "store-2", "store-3");
        assertThat(composition.uses().firstEntry().getValue().component().steps())
                .extracting(StepSpec::name)
                .containsExactly("install", "certificate", "configure", "run", "client");
    }
}
