package dev.remit.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import dev.remit.server.testing.WireSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whoever speaks another protocol, or this one wrongly, is told so where the protocol allows it
/// and let go; everybody else is served as before.
final class ProtocolMistakesTest {
  private static final int PROTOCOL_3 = 3 << 16;
  private static GovernedStack remit;
  private static WireSocket bystander;

  @BeforeAll
  static void start() throws Exception {
    remit = GovernedStack.start();
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute("create table people (id integer primary key)");
    remit.addSource("shop", database);
    remit.apply(
        "shop",
        """
        purposes:
          analytics: {title: Analytics, basis: contract, description: Reports}
        policies:
          - name: people
            tables: [public.people]
            to: {groups: [analysts]}
            for: [analytics]
        """);
    remit.addUser("reader", "analysts");
    bystander = loggedIn();
  }

  @AfterAll
  static void stop() throws IOException {
    bystander.close();
    remit.close();
  }

  @AfterEach
  void somebodyElsesSessionGoesOn() throws IOException {
    bystander.query("select count(*) from people");
    assertThat(bystander.read().type()).isEqualTo('T');
    assertThat(bystander.readUntil('Z').body()).isEqualTo("I");
  }

  @Test
  void plainHttpIsToldWhatThisPortIs() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + remit.wirePort() + "/"))
                  .version(HttpClient.Version.HTTP_1_1)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("speaks the PostgreSQL protocol").contains("psql");
    }
  }

  @Test
  void aClientInClearIsToldToEncrypt() throws IOException {
    try (WireSocket client = WireSocket.inClear(remit.wirePort())) {
      client.startup(PROTOCOL_3, "user", "reader", "database", "shop");
      assertThat(client.read().field('M')).contains("connect with sslmode=require");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void anotherVersionOfTheProtocolIsNamed() throws IOException {
    for (int major : new int[] {1, 2, 4, 0}) {
      try (WireSocket client = WireSocket.encrypted(remit.wirePort())) {
        client.startup(major << 16, "user", "reader", "database", "shop");
        WireSocket.Message answer = client.read();
        assertThat(answer.field('C')).isEqualTo("0A000");
        assertThat(answer.field('M')).contains("protocol " + major + ".0").contains("3.0");
        assertThat(client.rest()).isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void aMalformedMessageEndsItsConnectionAndNoOther(String name, byte[] bytes) throws Exception {
    try (WireSocket client = loggedIn()) {
      client.send(bytes);
      WireSocket.Message answer = client.read();
      assertThat(answer.field('S')).isEqualTo("FATAL");
      assertThat(answer.field('C')).isEqualTo("08P01");
      assertThat(answer.field('M')).isNotEmpty();
      assertThat(client.rest()).isEmpty();
    }
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("length below four", bytes('Q', 3, "")),
        Arguments.of("length beyond the bound", bytes('Q', 1 << 29, "")),
        Arguments.of("negative length", bytes('Q', -1, "")),
        Arguments.of("text without its end", bytes('Q', 6, "ab")),
        Arguments.of("unknown type", bytes('\u007f', 4, "")),
        Arguments.of("Bind cut short", bytes('B', 8, "\0\0\0\1")),
        Arguments.of("Bind with a count it does not hold", bytes('B', 8, "\0\0\u007f\u007f")),
        Arguments.of("Describe of nothing", bytes('D', 6, "X\0")),
        Arguments.of("Sync with a body", bytes('S', 5, "\0")),
        Arguments.of("CopyData outside a copy", bytes('p', 5, "x")));
  }

  @Test
  void silenceAndHalfAPacketHoldNobodyUp() throws IOException {
    try (WireSocket silent = WireSocket.inClear(remit.wirePort());
        WireSocket half = WireSocket.inClear(remit.wirePort())) {
      half.send(new byte[] {0, 0, 0});
      silent.send(new byte[0]);
      somebodyElsesSessionGoesOn();
    }
  }

  private static WireSocket loggedIn() throws Exception {
    return WireSocket.loggedIn(
        remit.wirePort(), "reader", remit.password("reader"), "shop", "analytics");
  }

  private static byte[] bytes(char type, int length, String body) {
    return ByteBuffer.allocate(5 + body.length())
        .put((byte) type)
        .putInt(length)
        .put(body.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
