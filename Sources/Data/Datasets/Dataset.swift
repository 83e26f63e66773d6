import Files
public import Imaging
import Requirements

/// Images, feature vectors or series with their labels, splits and groups, as found on the disk. A value: changing the splits
/// or dropping a class gives another data set.
///
/// ```swift
/// let data = try Dataset.open("blood-cells")
/// let classes = try data.trainingClasses()
/// let train = try data.labelled(.train, classes: classes)
/// ```
public struct Dataset: Sendable {
  /// How the data were laid out.
  public enum Layout: String, Codable, Sendable {
    /// One folder a class.
    case classFolders = "class folders"
    /// A CSV, TSV or JSONL table.
    case manifest
    /// MNIST's IDX files.
    case idx = "IDX"
    /// MedMNIST's `.npz`.
    case medMNIST = "MedMNIST"
    /// Tar archives, as WebDataset writes them.
    case shards = "tar shards"
    /// One file of ``DataPacking``.
    case packed = "packed file"
    /// Images without labels.
    case files
    /// Feature vectors: a table, `.npy`, `.npz` or `.safetensors`.
    case features
    /// Series: `.ts`.
    case series
  }

  /// What the data are called: the last component of the path they were opened by, that of a table
  /// or an archive without its extension.
  public var name: String
  /// How the data were laid out.
  public var layout: Layout
  /// All examples, in the order of the table or sorted by path.
  public var examples: [Example]
  /// The pixels that ``ExampleSource/pixels(_:)`` refers to.
  public var pixels: PixelStore?
  /// The image files that ``ExampleSource/member(_:)`` refers to.
  public var members: MemberStore?
  /// The numbers that ``ExampleSource/row(_:)`` refers to.
  public var rows: RowStore?
  /// Of which network the rows are features, where the file says it.
  public var origin: FeatureOrigin?
  /// What the examples have for a target.
  public var target = ExampleTarget.classes
  /// The column that names the study of each example; nil where none was asked for.
  public internal(set) var studyColumn: String?
  /// How they were read, and what must be said about it.
  public var reading: Reading
  /// The classes in a given order, with the names that the examples have been given.
  public internal(set) var classNames: ClassNames?
  /// How stored samples become pictures.
  public var pixelReading = PixelReading()
  /// Counts what is read; nil where it is not asked for.
  public var tally: PixelTally?

  /// A data set from its parts.
  public init(
    name: String, layout: Layout, examples: [Example], pixels: PixelStore? = nil,
    members: MemberStore? = nil, rows: RowStore? = nil, reading: Reading = Reading()
  ) {
    self.name = name
    self.layout = layout
    self.examples = examples
    self.pixels = pixels
    self.members = members
    self.rows = rows
    self.reading = reading
  }

  /// What the examples are.
  public var inputKind: InputKind { rows?.kind ?? .images }

  /// The decoded image, RGB; safe to call from many threads.
  ///
  /// - Parameters:
  ///   - index: into ``examples``.
  ///   - least: permits a JPEG to be decoded at a fraction of its size; see `ImageFile.decode`.
  /// - Throws: ``DatasetError`` when the file is gone or does not decode.
  /// - Precondition: the example is an image.
  public func image(at index: Int, atLeast least: ImageSize? = nil) throws(DatasetError) -> Image {
    switch examples[index].source {
    case .pixels(let number):
      guard let pixels else {
        requirementFailed("Dataset.image: expected a pixel store, got nil")
      }
      let stored: StoredImage
      do throws(FileError) {
        if let image = try pixels.image(number), pixelReading.bands == nil { return image }
        stored = try pixels.stored(number)
      } catch {
        throw .file(error)
      }
      return try rendered(stored, at: index)
    case .row:
      requirementFailed(
        "Dataset.image: expected an image, got a row of \(inputKind); see Dataset.rows")
    case .file, .member:
      let bytes = try bytes(at: index)
      do throws(ImageError) {
        let file = try ImageFile.rendered(
          bytes, name: examples[index].path, atLeast: least, reading: pixelReading)
        tally?.note(index, file, pixelReading)
        return file.image
      } catch {
        throw .image(error, origin: examples[index].origin)
      }
    }
  }

  private func rendered(_ image: StoredImage, at index: Int) throws(DatasetError) -> Image {
    do throws(ImageError) {
      let file = try ImageFile.rendered(image, name: examples[index].path, reading: pixelReading)
      tally?.note(index, file, pixelReading)
      return file.image
    } catch {
      throw .image(error, origin: examples[index].origin)
    }
  }

  /// The bytes of the image file, of the stored pixels, or of the numbers of a row, 4 each.
  ///
  /// - Parameter index: into ``examples``.
  /// - Throws: ``DatasetError`` when the file is gone or may not be read.
  /// - Precondition: `index` is in ``examples``; data with pixels, members or rows have a store of them,
  ///   as all that are opened have.
  public func bytes(at index: Int) throws(DatasetError) -> [UInt8] {
    switch examples[index].source {
    case .pixels(let number):
      guard let pixels else {
        requirementFailed("Dataset.bytes: expected a pixel store, got nil")
      }
      do throws(FileError) { return Array(try pixels.raw(number)) } catch { throw .file(error) }
    case .row(let number):
      guard let rows else { requirementFailed("Dataset.bytes: expected a row store, got nil") }
      return rows.bytes(number)
    case .member(let number):
      guard let members else {
        requirementFailed("Dataset.bytes: expected a member store, got nil")
      }
      do throws(FileError) { return try members.bytes(number) } catch { throw .file(error) }
    case .file(let path):
      do throws(FileError) { return try FileBytes.read(path) } catch { throw .file(error) }
    }
  }
}
