package dev.remit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Goal: a text of several statements is cut where PostgreSQL cuts it.
class TokensTest {

  @Test
  void semicolonsInsideStringsNamesAndCommentsCutNothing() {
    String text = " select ';', \";\" /* ; /* ; */ */ ;; -- ;\n select $$;$$;\tselect E'\\';' ";
    assertThat(Tokens.split(text))
        .extracting(Tokens.Part::text)
        .containsExactly("select ';', \";\"", "select $$;$$", "select E'\\';'");
  }

  @Test
  void aPartKnowsItsPlaceInCharactersAndInUnits() {
    String text = "select '😀'; select x";
    Tokens.Part second = Tokens.split(text).get(1);
    assertThat(text.substring(second.offset())).isEqualTo("select x");
    assertThat(second.position()).isEqualTo(13);
  }

  @Test
  void nothingButBlanksIsNoStatement() {
    assertThat(Tokens.split(" ; /* */ ; -- x")).isEmpty();
  }
}
