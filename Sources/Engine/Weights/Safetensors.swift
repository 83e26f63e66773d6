import Files
public import OrderedCollections
package import Torch

/// Hugging Face's safetensors: a JSON header and raw tensors, nothing that can be executed.
///
///     try Safetensors.write(network.stateDict, metadata: ["architecture": "resnet18"], to: path)
///     let (tensors, metadata) = try Safetensors.read(path)
///
/// Eight bytes with the header's length, little-endian; the header, padded with spaces to a multiple of
/// 8; the data. Element types F64, F32, F16, BF16, I64, I32, U8 and BOOL.
/// Format: <https://github.com/huggingface/safetensors>.
public enum Safetensors {
  /// Reads every tensor of a file, which is memory-mapped meanwhile.
  ///
  /// - Parameter path: The file.
  /// - Returns: Tensors in header order, on the CPU, and the header's metadata.
  /// - Throws: ``WeightsError`` when the file is missing, cut short, or describes its tensors wrongly.
  public static func read(
    _ path: String
  ) throws(WeightsError) -> (tensors: StateDict, metadata: [String: String]) {
    let file = try map(path)
    return try withExtendedLifetime(file) { () throws(WeightsError) in
      try checkContent(file.bytes, name: path)
      return try parse(file.bytes, name: path)
    }
  }

  /// Reads only the metadata.
  ///
  /// - Parameter path: The file.
  /// - Returns: The header's `__metadata__`; empty when it has none.
  /// - Throws: ``WeightsError`` as ``read(_:)``, the header being checked as a whole.
  public static func metadata(of path: String) throws(WeightsError) -> [String: String] {
    let file = try map(path)
    return try withExtendedLifetime(file) { () throws(WeightsError) in
      try checkContent(file.bytes, name: path)
      return try SafetensorsHeader(parsing: file.bytes, name: path).metadata
    }
  }

  /// Reads one tensor and none of the others.
  ///
  /// - Parameters:
  ///   - name: Of the tensor.
  ///   - path: The file.
  /// - Returns: The tensor on the CPU; `nil` when there is none of that name.
  /// - Throws: ``WeightsError`` as ``read(_:)``, the header being checked as a whole.
  package static func tensor(
    _ name: String, of path: String
  ) throws(WeightsError) -> Tensor? {
    let file = try map(path)
    return try withExtendedLifetime(file) { () throws(WeightsError) in
      try checkContent(file.bytes, name: path)
      let header = try SafetensorsHeader(parsing: file.bytes, name: path)
      guard let entry = header.entries.first(where: { $0.name == name }) else { return nil }
      return try tensor(entry, file.bytes, name: path)
    }
  }

  /// Reads a file held in memory; `name` is what errors call it.
  package static func parse(
    _ bytes: UnsafeRawBufferPointer, name: String
  ) throws(WeightsError) -> (tensors: StateDict, metadata: [String: String]) {
    let header = try SafetensorsHeader(parsing: bytes, name: name)
    var tensors = StateDict()
    for entry in header.entries {
      tensors[entry.name] = try tensor(entry, bytes, name: name)
    }
    return (tensors, header.metadata)
  }

  private static func tensor(
    _ entry: SafetensorsHeader.Entry, _ bytes: UnsafeRawBufferPointer, name: String
  ) throws(WeightsError) -> Tensor {
    let data = UnsafeRawBufferPointer(rebasing: bytes[entry.range])
    if entry.dtype == .bool, let other = data.first(where: { $0 > 1 }) {
      throw .tensor(
        path: name, name: entry.name, reason: "a BOOL is 0 or 1, one here is \(other)")
    }
    return Tensor(copying: data, shape: entry.shape, dtype: entry.dtype)
  }

  /// Writes tensors; the same tensors give the same bytes.
  ///
  /// The file is written beside its name and renamed, so that a reader never sees half of it.
  ///
  /// - Parameters:
  ///   - tensors: Any device and layout; stored in row-major order. The header keeps their order.
  ///   - metadata: Text by key, stored in the header, sorted by key.
  ///   - path: The file, replaced if it is there.
  /// - Throws: ``WeightsError/file(_:)`` for a full disk, a read-only folder and the like,
  ///   ``WeightsError/malformed(path:format:reason:)`` for a header too long to be read back,
  ///   ``WeightsError/tensor(path:name:reason:)`` for a tensor of the metadata's own name; what
  ///   stood under the name before is then untouched.
  public static func write(
    _ tensors: StateDict, metadata: [String: String] = [:], to path: String
  ) throws(WeightsError) {
    guard tensors[SafetensorsHeader.metadataName] == nil else {
      throw .tensor(
        path: path, name: SafetensorsHeader.metadataName,
        reason: "the header keeps this name for its metadata; give the tensor another")
    }
    let layout = SafetensorsLayout(tensors, metadata: metadata)
    let length = layout.header.count - 8
    guard length <= SafetensorsHeader.limit else {
      throw .malformed(
        path: path, format: .safetensors,
        reason: "its header would take \(length) bytes, at most \(SafetensorsHeader.limit) are read"
      )
    }
    do throws(FileError) {
      try AtomicFile.write(to: path) { (sink) throws(FileError) in
        try sink.write(layout.header)
        for tensor in layout.ordered {
          try tensor.withBytes { (bytes) throws(FileError) in try sink.write(bytes) }
        }
      }
    } catch {
      throw .file(error)
    }
  }

  /// Something else under this name is called what it is.
  private static func checkContent(
    _ bytes: UnsafeRawBufferPointer, name: String
  ) throws(WeightsError) {
    guard let content = ForeignContent(bytes), content != .safetensors else { return }
    throw .foreign(path: name, content)
  }

  private static func map(_ path: String) throws(WeightsError) -> MappedFile {
    do throws(FileError) { return try MappedFile(path: path) } catch { throw .file(error) }
  }
}
