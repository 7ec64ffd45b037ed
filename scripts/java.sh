# How Heyi's Java process is started, by the launcher and by the container image.

# The collector and the limits keep pauses short and an idle server small; see docs/guide/operate.md.
java_flags() {
  printf '%s\n' -XX:+UseG1GC -Xms64m -Xmx1g -XX:ReservedCodeCacheSize=96m \
    -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dice4j.harvest.mapping.aws.enabled=false -Dio.netty.jfr.enabled=false -Dfile.encoding=UTF-8
}
