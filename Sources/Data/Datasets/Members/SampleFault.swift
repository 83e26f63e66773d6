/// What is wrong with a sample of tar shards: the members of one name up to its first dot.
public enum SampleFault: Sendable, Equatable {
  /// Several of its members are images, by their fields.
  case severalImages([String])
  /// A field stands twice in it.
  case fieldTwice(String)
  /// Its members do not stand one behind the other.
  case apart(String)
  /// Another shard has a sample of this name.
  case inTwoShards(String, first: String)
  /// A field is not what it should be.
  case field(String, reason: String)
  /// A column and the folder of the shard say different splits.
  case splitDiffers(Split, folder: Split)
  /// A row of a table names no member.
  case noSuchMember(String)

  /// What is wrong, and what to do.
  public var reason: String {
    switch self {
    case .severalImages(let fields):
      "the sample has several images (\(fields.prefix(5).joined(separator: ", "))): members of one name up to the first"
        + " dot are one sample, which has one image here; name them apart, without dots before the extension"
    case .fieldTwice(let field):
      "the field '\(field)' stands twice in the sample; keep one"
    case .apart(let sample):
      "the members of the sample '\(sample)' do not stand one behind the other; write them together, as tar --sort=name"
        + " does"
    case .inTwoShards(let sample, let first):
      "the sample '\(sample)' stands in \(first) already; give each sample a name of its own"
    case .field(let field, let reason): "the field '\(field)' \(reason)"
    case .splitDiffers(let split, let folder):
      "the split is '\(split)', but the shard lies in the folder of '\(folder)'; leave the column out"
    case .noSuchMember(let name):
      "no record is called '\(name)'; write the names as the archive has them"
    }
  }
}
