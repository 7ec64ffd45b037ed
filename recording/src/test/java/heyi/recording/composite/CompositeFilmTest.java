package heyi.recording.composite;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.PixelSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The finished file is judged. The mediator is there from the start, his camera is away from second
 * 4 to 7; the party comes at 2.5 s and leaves at 9 s; both beep and flash each second of their own.
 */
@DisplayName("Composite film (R26)")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CompositeFilmTest {
  /** Lips and voice come apart beyond this. */
  private static final long MAX_OFFSET_MILLIS = 80;

  /** Black with a few words on it. */
  private static final double BLACK_WITH_WORDS = 45;

  private static final PixelSize SIZE = new PixelSize(640, 360);
  @TempDir static Path directory;
  private @Nullable SampleSession session;
  private FilmCheck film = new FilmCheck();

  @BeforeAll
  void makeTheFilm() throws IOException, InterruptedException {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    session = SampleSession.record(directory.resolve("spool"));
    film = FilmCheck.decode(made("grid", plan(CompositeLayout.GRID, "张调解员", "李当事人", null)));
  }

  private CompositePlan plan(
      CompositeLayout layout, String first, String second, @Nullable String watermark) {
    return plan(layout, first, second, watermark, 0, SampleSession.END_MILLIS, List.of());
  }

  private CompositePlan plan(
      CompositeLayout layout,
      String first,
      String second,
      @Nullable String watermark,
      long from,
      long to,
      List<CompositePlan.Span> gaps) {
    return new CompositePlan(
        SIZE,
        24,
        1_000_000,
        4,
        layout,
        "案号 (2026)沪调0001号",
        watermark,
        SampleSession.FONT,
        ZoneId.of("Asia/Shanghai"),
        Instant.parse("2026-11-21T01:00:00Z"),
        from,
        to,
        Objects.requireNonNull(session).people(first, second),
        gaps,
        "test");
  }

  private Path made(String name, CompositePlan plan) throws IOException, InterruptedException {
    Path work = directory.resolve(name);
    WorkDirectory prepared = new WorkDirectory(work);
    prepared.prepare(plan);
    new Composer(prepared, 2, permille -> {}).run();
    return prepared.result().file();
  }

  private static Tile tile(int person) {
    return new Tiles(SIZE).grid(2).get(person);
  }

  /** Without name and notice. */
  private static Tile inner(Tile tile) {
    return new Tile(
        tile.x() + tile.width() / 4, tile.y() + tile.height() / 4, tile.width() / 2, 30);
  }

  @Test
  void courtsCanPlayIt() {
    assertThat(film.codecs()).containsIgnoringCase("h264").containsIgnoringCase("aac");
    assertThat(film.durationMillis())
        .isBetween(SampleSession.END_MILLIS - 50, SampleSession.END_MILLIS + 50);
    assertThat(film.pictures()).hasSize(12 * 24);
  }

  @Test
  void soundAndPictureAreInStepAcrossSegments() {
    List<Long> mediatorFlashes = film.flashes(inner(tile(0)));
    List<Long> partyFlashes = film.flashes(inner(tile(1)));

    assertThat(mediatorFlashes).hasSizeGreaterThanOrEqualTo(8);
    assertThat(partyFlashes).hasSizeGreaterThanOrEqualTo(5);
    for (List<Long> flashes : List.of(mediatorFlashes, partyFlashes)) {
      for (long flash : flashes) {
        assertThat(film.beeps())
            .as("a beep near the flash at %d", flash)
            .anyMatch(beep -> Math.abs(beep - flash) <= MAX_OFFSET_MILLIS);
      }
    }
  }

  @Test
  void aCameraThatIsAwayIsBlackAndLabelledNeverFrozen() {
    for (long millis = 4300; millis < 6900; millis += 100) {
      FilmCheck.Picture picture = film.at(millis);
      assertThat(picture.brightness(tile(0))).as("at %d", millis).isLessThan(BLACK_WITH_WORDS);
    }
    assertThat(film.at(5000).differences(blackOf(film.at(5000)), tile(0)))
        .as("words on the black")
        .isGreaterThan(300);
    assertThat(film.flashes(inner(tile(0)))).noneMatch(flash -> flash > 4200 && flash < 6900);
    assertThat(film.flashes(inner(tile(0)))).anyMatch(flash -> flash > 7000);
  }

  @Test
  void theLedgersCauseIsSaidWhereThereIsOne() {
    assertThat(film.at(5000).differences(film.at(6000), tile(0)))
        .as("other words from 5.5 s on")
        .isGreaterThan(100);
    assertThat(film.at(4500).differences(film.at(5000), tile(0))).isLessThan(20);
  }

  @Test
  void whoIsNotThereYetAndWhoHasLeftIsSaidAndNotShown() {
    Tile party = tile(1);

    assertThat(film.at(1000).brightness(party)).isLessThan(BLACK_WITH_WORDS);
    assertThat(film.at(10_000).brightness(party)).isLessThan(BLACK_WITH_WORDS);
    assertThat(film.at(1000).differences(film.at(10_000), party))
        .as("other words")
        .isGreaterThan(100);
  }

  @Test
  void namesStandInTheTiles() throws IOException, InterruptedException {
    FilmCheck other =
        FilmCheck.decode(made("nameless", plan(CompositeLayout.GRID, " ", "李当事人", null)));
    Tile first = tile(0);
    Tile name = new Tile(first.x(), first.y() + first.height() - 36, first.width() / 2, 36);

    assertThat(film.at(5000).differences(other.at(5000), name)).isGreaterThan(100);
    assertThat(film.at(5000).differences(other.at(5000), tile(1))).isLessThan(20);
  }

  @Test
  void theClockMovesAndTheCaptionStays() {
    Tile header = new Tiles(SIZE).header();
    Tile caption = new Tile(0, 0, SIZE.width() / 4, header.height());

    assertThat(film.at(1500).differences(film.at(8500), header)).isGreaterThan(10);
    assertThat(film.at(1500).differences(film.at(8500), caption)).isLessThan(5);
    assertThat(film.at(1500).differences(blackOf(film.at(1500)), caption)).isGreaterThan(50);
  }

  @Test
  void theClocksNameTheZone() {
    CompositePlan plan = plan(CompositeLayout.GRID, "a", "b", null);

    assertThat(Head.clocks(plan, 3_723_000))
        .isEqualTo("会话 01:02:03   2026-11-21 10:02:03 UTC+08:00");
  }

  @Test
  void aWatermarkIsAcrossEverybody() throws IOException, InterruptedException {
    FilmCheck marked =
        FilmCheck.decode(made("marked", plan(CompositeLayout.GRID, "张调解员", "李当事人", "审计员王")));
    FilmCheck.Picture plain = film.at(5000);

    double more = marked.at(5000).brightness(tile(0)) - plain.brightness(tile(0));

    assertThat(more).isBetween(0.5, 30.0);
  }

  @Test
  void aRecordingGapIsBlackForEverybody() throws IOException, InterruptedException {
    FilmCheck cut =
        FilmCheck.decode(
            made(
                "cut",
                plan(
                    CompositeLayout.GRID,
                    "张调解员",
                    "李当事人",
                    null,
                    2500,
                    5000,
                    List.of(new CompositePlan.Span(3000, 4000)))));

    assertThat(cut.pictures()).hasSize(60);
    assertThat(cut.at(900).brightness(tile(1))).isLessThan(BLACK_WITH_WORDS);
    assertThat(cut.flashes(inner(tile(1)))).isNotEmpty();
  }

  @Test
  void aClipIsTheSameMomentsOfTheFilm() throws IOException, InterruptedException {
    FilmCheck clip =
        FilmCheck.decode(
            made("clip", plan(CompositeLayout.GRID, "张调解员", "李当事人", null, 7000, 9000, List.of())));

    assertThat(clip.durationMillis()).isBetween(1950L, 2050L);
    List<Long> inFilm =
        film.flashes(inner(tile(0))).stream()
            .filter(flash -> flash >= 7100 && flash < 9000)
            .map(flash -> flash - 7000)
            .toList();
    assertThat(clip.flashes(inner(tile(0)))).containsAll(inFilm);
    assertThat(inFilm).isNotEmpty();
  }

  @Test
  void theSpeakerIsLarge() throws IOException, InterruptedException {
    FilmCheck speaker =
        FilmCheck.decode(made("speaker", plan(CompositeLayout.SPEAKER, "张调解员", "李当事人", null)));
    List<Tile> places = new Tiles(SIZE).speaker(2, 0);

    assertThat(places.getFirst().width()).isGreaterThan(2 * places.getLast().width());
    assertThat(speaker.flashes(inner(places.getFirst()))).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aSecondRunMakesOnlyWhatIsMissingAndTheSameFilm() throws IOException, InterruptedException {
    CompositePlan plan = plan(CompositeLayout.GRID, "张调解员", "李当事人", null);
    byte[] first = Files.readAllBytes(made("again", plan));
    Path work = directory.resolve("again");
    Path kept = work.resolve("segment-00000.mp4");
    var keptAt = Files.getLastModifiedTime(kept);
    Files.delete(work.resolve("film.json"));
    Files.delete(work.resolve("segment-00001.mp4"));

    byte[] second = Files.readAllBytes(made("again", plan));

    assertThat(second).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(keptAt);
  }

  private static FilmCheck.Picture blackOf(FilmCheck.Picture like) {
    return new FilmCheck.Picture(0, like.width(), like.height(), new byte[like.grey().length]);
  }
}
