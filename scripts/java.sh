# How Heyi's Java process is started, by the launcher and by the container image.

# The collector and the limits keep pauses short and an idle server small; see docs/guide/operate.md.
# A heap that may be no more than 40 % free is always fuller than the 45 % at which G1 marks by itself: it
# marked without end, and paused for 10 to 40 ms each time.
java_flags() {
  printf '%s\n' -XX:+UseG1GC -Xms64m -Xmx1g -XX:ReservedCodeCacheSize=96m \
    -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 \
    -XX:-G1UseAdaptiveIHOP -XX:InitiatingHeapOccupancyPercent=80 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dice4j.harvest.mapping.aws.enabled=false -Dio.netty.jfr.enabled=false -Dfile.encoding=UTF-8
}
