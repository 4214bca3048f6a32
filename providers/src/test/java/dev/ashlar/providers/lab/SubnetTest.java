package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubnetTest {

    @Test
    void takesThePreferredSubnetWhenItIsFree() {
        assertThat(Subnet.firstFree(42, List.of("192.168.1.0/24"))).contains(new Subnet(42));
    }

    @Test
    void passesOverSubnetsThatAreTaken() {
        assertThat(Subnet.firstFree(42, List.of("10.77.42.1/24", "10.77.43.0/24", "dev", "1500")))
                .contains(new Subnet(44));
    }

    @Test
    void goesOnAtTheStartAfterTheLast() {
        assertThat(Subnet.firstFree(255, List.of("10.77.255.7"))).contains(new Subnet(0));
    }

    @Test
    void findsNoneWhenARouteCoversThemAll() {
        assertThat(Subnet.firstFree(0, List.of("10.0.0.0/8"))).isEmpty();
    }

    @Test
    void defaultRouteTakesNothing() {
        assertThat(Subnet.firstFree(3, List.of("0.0.0.0/0", "default"))).contains(new Subnet(3));
    }

    @Test
    void smallerNetworkInsideCountsAsOverlap() {
        assertThat(new Subnet(7).overlaps("10.77.7.128/25")).isTrue();
        assertThat(new Subnet(7).overlaps("10.77.6.128/25")).isFalse();
        assertThat(new Subnet(7).overlaps("10.77.6.0/23")).isTrue();
    }

    @Test
    void givesTheLowestFreeMachineNumber() {
        assertThat(Subnet.firstFreeMachine(List.of(11, 12, 14))).contains(13);
    }

    @Test
    void hasNoNumberWhenFull() {
        assertThat(
                        Subnet.firstFreeMachine(
                                IntStream.rangeClosed(Subnet.FIRST_MACHINE, Subnet.LAST_MACHINE)
                                        .boxed()
                                        .toList()))
                .isEmpty();
    }

    @Test
    void readsItselfBackFromAnAddress() {
        assertThat(Subnet.ofAddress(new Subnet(9).gateway())).contains(new Subnet(9));
        assertThat(Subnet.ofAddress("10.78.9.1")).isEmpty();
    }

    @Test
    void hardwareAddressFollowsTheAddress() {
        assertThat(new Subnet(15).hardwareAddress(12)).isEqualTo("02:a5:0a:4d:0f:0c");
    }
}
