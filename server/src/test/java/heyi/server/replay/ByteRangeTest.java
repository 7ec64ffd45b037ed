package heyi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.server.replay.ByteRange.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 14 for a file of 100 bytes. */
class ByteRangeTest {
  private static final long SIZE = 100;

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-99, 0, 100",
    "bytes=10-19, 10, 10",
    "bytes=10-, 10, 90",
    "bytes=99-200, 99, 1",
    "bytes=-1, 99, 1",
    "bytes=-500, 0, 100"
  })
  void onePartIsGiven(String header, long first, long length) {
    assertThat(ByteRange.parse(header, SIZE))
        .isEqualTo(new Asked.Part(new ByteRange(first, length)));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-, 0, 40",
    "bytes=60-, 60, 40",
    "bytes=61-, 61, 39",
    "bytes=0-99, 0, 100",
    "bytes=-90, 10, 90"
  })
  void onlyWhoNamesNoEndGetsAPiece(String header, long first, long length) {
    assertThat(ByteRange.parse(header, SIZE, 40))
        .isEqualTo(new Asked.Part(new ByteRange(first, length)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
  void aPartBehindTheEndIsUnsatisfiable(String header) {
    assertThat(ByteRange.parse(header, SIZE)).isEqualTo(new Asked.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=a-b",
        "bytes=0-1,5-6",
        "chunks=0-1",
        "bytes=99999999999999999999-"
      })
  void whatIsNotUnderstoodGetsTheWholeFile(String header) {
    assertThat(ByteRange.parse(header, SIZE)).isEqualTo(new Asked.Whole());
  }

  @Test
  void aMissingHeaderGetsTheWholeFile() {
    assertThat(ByteRange.parse(null, SIZE)).isEqualTo(new Asked.Whole());
  }

  @Test
  void theContentRangeNamesFirstLastAndSize() {
    assertThat(new ByteRange(10, 10).contentRange(SIZE)).isEqualTo("bytes 10-19/100");
  }
}
