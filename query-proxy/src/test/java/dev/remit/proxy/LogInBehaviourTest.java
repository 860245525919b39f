package dev.remit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.proxy.wire.FrontendMessages;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Goal: before a session there is nothing to learn and nothing to gain, whatever is sent and in
/// whatever order.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogInBehaviourTest {
  private ProxyFixture proxy;

  @BeforeAll
  void start() {
    proxy = new ProxyFixture();
  }

  @AfterAll
  void stop() {
    proxy.close();
  }

  @Test
  void plainHttpGetsAnHttpAnswer() throws Exception {
    try (RawClient client = new RawClient(proxy.port())) {
      client.send(Buffer.buffer("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
      assertThat(new String(client.readAll(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("not HTTP");
    }
  }

  @Test
  void bytesBehindTheRequestForTlsEndTheConnection() throws Exception {
    try (RawClient client = new RawClient(proxy.port())) {
      Buffer bytes = Buffer.buffer();
      FrontendMessages.sslRequest(bytes);
      FrontendMessages.startup(bytes, Map.of("user", "analyst"));
      client.send(bytes);
      assertThat(client.read().field('C')).isEqualTo("08P01");
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }

  @Test
  void encryptionByGssIsDeclined() throws Exception {
    try (RawClient client = new RawClient(proxy.port())) {
      client.send(Buffer.buffer().appendInt(8).appendInt(80_877_104));
      assertThat(client.readByte()).isEqualTo('N');
      client.startup(Map.of());
      assertThat(client.read().type()).isEqualTo('R');
    }
  }

  @Test
  void anotherMajorVersionIsRefused() throws Exception {
    try (RawClient client = new RawClient(proxy.port())) {
      client.send(Buffer.buffer().appendInt(8).appendInt(2 << 16));
      RawClient.Message refusal = client.read();
      assertThat(refusal.field('C')).isEqualTo("0A000");
      assertThat(refusal.field('V')).isEqualTo("FATAL");
    }
  }

  @Test
  void aNewerMinorVersionIsNegotiatedAndHasALongCancelKey() throws Exception {
    try (RawClient client = new RawClient(proxy.port())) {
      Buffer packet = Buffer.buffer().appendInt(0).appendInt(3 << 16 | 9);
      packet.appendString("user\0analyst\0database\0crm\0_pq_.future\0yes\0\0");
      client.send(packet.setInt(0, packet.length()));
      RawClient.Message negotiated = client.read();
      assertThat(negotiated.type()).isEqualTo('v');
      assertThat(negotiated.body().getInt(0)).isEqualTo(3 << 16 | 2);
      assertThat(negotiated.body().getString(8, negotiated.body().length() - 1))
          .isEqualTo("_pq_.future");
      client.logIn(ProxyFixture.PASSWORD);
      RawClient.Message key =
          client.readUntil('Z').stream().filter(m -> m.type() == 'K').findFirst().orElseThrow();
      assertThat(key.body().length()).isEqualTo(4 + 32);
    }
  }

  @Test
  void replicationIsRefused() throws Exception {
    try (RawClient client = new RawClient(proxy.port())) {
      client.startup(Map.of("replication", "database"));
      assertThat(client.read().field('M')).contains("replication");
    }
  }

  @Test
  void aHugeStartupPacketIsRefusedBeforeItIsRead() throws Exception {
    try (RawClient client = new RawClient(proxy.port())) {
      client.send(Buffer.buffer().appendInt(10_001).appendInt(3 << 16));
      assertThat(client.read().field('C')).isEqualTo("08P01");
    }
  }

  @Test
  void nothingButTheLogInIsHeardBeforeIt() throws Exception {
    try (RawClient client = new RawClient(proxy.port())) {
      client.startup(Map.of());
      assertThat(client.read().type()).isEqualTo('R');
      Buffer query = Buffer.buffer();
      FrontendMessages.query(query, "select 1");
      client.send(query);
      assertThat(client.read().field('C')).isEqualTo("08P01");
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }

  /// Told apart by neither answer nor path; this client would take any signature of the server.
  @Test
  void aWrongPasswordAndAnUnknownUserAreRefusedAlike() throws Exception {
    assertThat(refusal("analyst", "not her password"))
        .isEqualTo("28P01 password authentication failed for user \"analyst\"");
    assertThat(refusal("nobody", ProxyFixture.PASSWORD).replace("nobody", "analyst"))
        .isEqualTo(refusal("analyst", "not her password"));
  }

  private String refusal(String user, String password) throws Exception {
    try (RawClient client = new RawClient(proxy.port())) {
      client.startup(Map.of("user", user));
      client.logIn(password);
      RawClient.Message answer = client.read();
      assertThat(answer.type()).isEqualTo('E');
      assertThat(client.readByte()).isEqualTo(-1);
      return answer.field('C') + " " + answer.field('M');
    }
  }

  @Test
  void failedLogInsAreThrottled() throws Exception {
    String message = "";
    for (int i = 0; i < 7; i++) {
      try (RawClient client = new RawClient(proxy.port())) {
        client.startup(Map.of("user", "guessed"));
        if (i < 5) {
          client.logIn("guess " + i);
        }
        RawClient.Message last = client.readUntil('E').getLast();
        message = last.field('M');
      }
    }
    assertThat(message).contains("too many failed log-ins");
  }
}
