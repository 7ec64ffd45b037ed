package heyi.server.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One report as it is kept. */
record QualityRow(String sessionId, Instant at, String seatId, String level, JsonNode sources) {}
