package dev.remit.catalog.classify.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: forms of personal data that people write are found with their exact ends, look-alikes are
/// left alone, and no text makes the scanner slow or fail.
class TextScannerTest {
  private final TextScanner scanner = new TextScanner();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EMAIL  | jörg.müller+x@bücher.example | Mail an jörg.müller+x@bücher.example, bitte.",
        "EMAIL  | o'brien@example.co.uk        | <o'brien@example.co.uk>",
        "EMAIL  | 4111111111111111@example.com | from 4111111111111111@example.com",
        "URL    | https://a.example/x?y=(z)    | (see https://a.example/x?y=(z))",
        "URL    | www.example.museum           | look at www.example.museum!",
        "URL    | example.org/a/b              | it is on example.org/a/b, I think",
        "URL    | EXAMPLE.COM                  | EXAMPLE.COM IS DOWN",
        "IBAN   | DE89 3704 0044 0532 0130 00  | Konto DE89 3704 0044 0532 0130 00 bei der Bank",
        "IBAN   | gb82west12345698765432       | iban gb82west12345698765432 please",
        "IBAN   | FR1420041010050500013M02606  | FR1420041010050500013M02606.",
        "CARD   | 4111 1111 1111 1111          | card 4111 1111 1111 1111 exp 12/29",
        "CARD   | 3782-822463-10005            | amex 3782-822463-10005",
        "CARD   | 6304000000000000             | debit 6304000000000000",
        "US_SSN | 536-90-4399                  | it is 536-90-4399.",
        "US_SSN | 536904399                    | my SSN is 536904399",
        "IP     | 10.1.255.0                   | host 10.1.255.0:8080 answered",
        "IP     | 192.0.2.1                    | 192.0.2.1/24",
        "IP     | 2001:db8::8a2e:370:7334      | from 2001:db8::8a2e:370:7334, port 5",
        "PHONE  | +49 (0)30 23125-850          | Tel. +49 (0)30 23125-850 abends",
        "PHONE  | (212) 555-0142 ext. 7        | (212) 555-0142 ext. 7",
        "PHONE  | 0170 1234567                 | Handy: 0170 1234567",
        "PHONE  | 600 123 456                  | llámame al 600 123 456 mañana",
        "PHONE  | 5551234567                   | phone:5551234567",
        "PHONE  | 555 1234                     | 555 1234 (home)",
      })
  void findsWithExactEnds(String kind, String piece, String text) {
    List<Span> spans = scanner.scan(text);
    assertThat(spans).as(text).hasSize(1);
    Span span = spans.getFirst();
    assertThat(text.substring(span.start(), span.end())).isEqualTo(piece);
    assertThat(span.kind().name()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2003-08-28 12:13:52",
        "born 2/16/1942",
        "call on 01.02.2003",
        "order 1234567 and 7654321",
        "total 1.234.567,89",
        "the range +0.033 0.039 1",
        "card 4111111111111112",
        "ssn 000-12-3456 or 666-12-3456 or 123-00-4567",
        "DE89 3704 0044 0532 0130 01",
        "version 1.2.3 of README.md and Main.java in org.example.tools",
        "f(x).apply and customer.id",
        "std::vector and a::b",
        "256.1.1.1 and 1.2.3.4.5",
        "user@localhost, @handle, a@b@c",
        "ends here.Next sentence",
        "0123456789abcdef0123456789abcdef",
        "ZIP 53650, 6750 Koskikatu 25 Apt. 864",
      })
  void leavesLookAlikesAlone(String text) {
    assertThat(scanner.scan(text)).isEmpty();
  }

  @Test
  void findsSeveralInOrderWithoutOverlap() {
    String text = "a@example.com, 10.0.0.1, https://x.example/1@2 and 541-714-1388";
    List<Span> spans = scanner.scan(text);
    assertThat(spans)
        .extracting(Span::kind)
        .containsExactly(Span.Kind.EMAIL, Span.Kind.IP, Span.Kind.URL, Span.Kind.PHONE);
    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).start()).isGreaterThanOrEqualTo(spans.get(i - 1).end());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.", "@a", "1 ", "1", "a@", "::", "f:", "+1(", "http://", ")", "www.a.", "0-", "DE8"
      })
  void aMillionRepetitionsOfAnythingTakeNoLongerThanText(String nasty) {
    String text = "http://x" + nasty.repeat(1_000_000 / nasty.length()) + " 1@x.example";
    Assertions.assertTimeout(Duration.ofSeconds(4), () -> scanner.scan(text));
  }

  @Test
  void noTextMakesItFailAndSpansStayInside() {
    Random random = new Random(7);
    String alphabet = "ab1290+()-. :/@x\u00e9\n\ud83d\ude00DEGB";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      int end = 0;
      for (Span span : scanner.scan(text.toString())) {
        assertThat(span.start()).isGreaterThanOrEqualTo(end);
        assertThat(span.end()).isBetween(span.start() + 1, text.length());
        end = span.end();
      }
    }
  }
}
