package io.forwardpass.spark.append.parquet;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Which codec the new columns are compressed with: the one the job names, else that of the columns they join. */
public final class Codecs {
  private static final Set<String> OPTIONS = Set.of("compression", "parquet.compression");
  private static final Set<CompressionCodecName> WRITABLE = Set.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY,
      CompressionCodecName.GZIP, CompressionCodecName.ZSTD, CompressionCodecName.LZ4_RAW);

  private Codecs() {}

  /** Null where the job names none. */
  public static CompressionCodecName named(Map<String, String> options) throws NotAppendable {
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (OPTIONS.contains(option.getKey().toLowerCase(Locale.ROOT))) {
        String name = option.getValue().toUpperCase(Locale.ROOT);
        for (CompressionCodecName codec : WRITABLE) {
          if (codec.name().equals(name) || codec.name().replace("_", "").equals(name)
              || (name.equals("NONE") && codec == CompressionCodecName.UNCOMPRESSED)) {
            return codec;
          }
        }
        throw new NotAppendable("appending does not compress with " + option.getValue());
      }
    }
    return null;
  }

  public static CompressionCodecName of(RowGroup group) {
    CompressionCodecName codec = CompressionCodecName.valueOf(group.getColumns().get(0).getMeta_data().getCodec().name());
    return WRITABLE.contains(codec) ? codec : CompressionCodecName.SNAPPY;
  }
}
