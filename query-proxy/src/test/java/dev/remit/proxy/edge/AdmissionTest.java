package dev.remit.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.RemitException;
import org.junit.jupiter.api.Test;

/// Goal: who has not said who she is takes no place from those who have.
class AdmissionTest {
  private final Admission admission = new Admission(1_000);

  @Test
  void silentSocketsOfOnePeerKeepNobodyElseOut() {
    for (int i = 0; i < 200; i++) {
      admission.knocked("one");
    }
    assertThatThrownBy(() -> admission.knocked("one"))
        .isInstanceOf(RemitException.class)
        .hasMessageContaining("logging in");
    assertThatCode(() -> admission.knocked("other")).doesNotThrowAnyException();
    assertThat(admission.sessions()).isZero();
    assertThatCode(admission::entered).doesNotThrowAnyException();
  }

  @Test
  void whoLeavesMakesRoom() {
    for (int i = 0; i < 200; i++) {
      admission.knocked("one");
    }
    admission.left("one");
    assertThatCode(() -> admission.knocked("one")).doesNotThrowAnyException();
  }

  @Test
  void sessionsAreBounded() {
    Admission one = new Admission(1);
    one.entered();
    assertThatThrownBy(one::entered).hasMessageContaining("too many clients");
    one.ended();
    assertThatCode(one::entered).doesNotThrowAnyException();
  }
}
