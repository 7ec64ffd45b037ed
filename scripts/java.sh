# How Heyi's Java process is started, by the launcher and by the container image.

# The collector and the limits keep an idle server small; see docs/guide/operate.md.
java_flags() {
  printf '%s\n' -XX:+UseSerialGC -Xms64m -Xmx384m -XX:ReservedCodeCacheSize=96m -XX:TieredStopAtLevel=4 \
    -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:-ShrinkHeapInSteps \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dice4j.harvest.mapping.aws.enabled=false -Dfile.encoding=UTF-8
}
