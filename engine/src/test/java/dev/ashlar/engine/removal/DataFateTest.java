package dev.ashlar.engine.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Owned;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFateTest {
    private static Owned folder(String path) {
        return Owned.of("directory", path, true, Map.of("made", "true"));
    }

    private static DataLeft left(String use, String node, String path) {
        return new DataLeft(InstanceKey.onNode(use, "keep", node), node, folder(path));
    }

    @Test
    void whatSeveralOwnGoesOnlyWhereItIsNamedOfEach() {
        DataLeft kv = left("kv", "store-1", "/srv/d");
        DataLeft db = left("db", "store-1", "/srv/d");
        DataLeft elsewhere = left("kv", "store-2", "/srv/d");

        DataFate ofOne = DataFate.of(List.of(kv, db, elsewhere), one -> one.isNamedBy("kv"));
        DataFate ofBoth = DataFate.of(List.of(kv, db), _ -> true);

        assertThat(ofOne.destroyed()).containsExactly(elsewhere);
        assertThat(ofOne.kept()).containsExactly(db, kv);
        assertThat(ofBoth.destroyed()).containsExactly(db, kv);
    }

    @Test
    void whatHoldsDataThatStaysStaysForIt() {
        DataLeft kv = left("kv", "store-1", "/srv/kv");
        DataLeft db = left("db", "store-1", "/srv/kv/db");
        DataLeft beside = left("kv", "store-1", "/srv/kv2");

        DataFate ofOuter = DataFate.of(List.of(kv, db, beside), one -> one.isNamedBy("kv"));

        assertThat(ofOuter.destroyed()).containsExactly(beside);
        assertThat(ofOuter.kept()).containsExactly(db, kv);
        assertThat(DataFate.of(List.of(kv, db), one -> one.isNamedBy("db")).destroyed())
                .containsExactly(db);
        assertThat(DataFate.of(List.of(kv, db), _ -> true).destroyed()).containsExactly(db, kv);
    }

    @Test
    void onePathIsOneThingHoweverItIsSpelled() {
        DataLeft kv = left("kv", "store-1", "/srv/d/");
        DataLeft db = left("db", "store-1", "/srv/d");

        assertThat(DataFate.of(List.of(kv, db), one -> one.isNamedBy("kv")).destroyed()).isEmpty();
    }

    @Test
    void whatOthersHaveInItOrAtItsPlaceStaysHoweverThatIsSpelled() {
        for (String path : List.of("/srv/kv", "/srv/kv/")) {
            for (String other : List.of("/srv/kv/log", "/srv/kv/log/", "/srv/kv", "/srv/kv/")) {
                assertThat(folder(path).named().sparing(List.of(folder(other))).staysInPlace())
                        .as("%s beside %s", path, other)
                        .isTrue();
            }
            assertThat(folder(path).named().sparing(List.of(folder("/srv/kv2"))).staysInPlace())
                    .isFalse();
        }
    }
}
