import Files
import Foundation

/// LightGBM's library, where one is installed; nothing is linked to it.
///
/// It is the file that the environment names by ``variable``, or, without that, what the loader finds by ``fileName``, or what lies
/// in the usual folders, those of a Conda or Python environment among them.
///
/// Source: Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NeurIPS 2017.
public struct LightGBM: Sendable {
  /// The variable that names the library, or a folder that holds it.
  public static let variable = "STEELYARD_LIGHTGBM"
  #if os(macOS)
    /// What the library is called.
    public static let fileName = "lib_lightgbm.dylib"
  #else
    /// What the library is called.
    public static let fileName = "lib_lightgbm.so"
  #endif

  /// Where it was found, or its name, where the loader knew it.
  public let path: String
  let functions: LightGBMFunctions

  /// The library of this process, looked for once.
  private static let found = Result { () throws(BoostingError) in
    try find(in: ProcessInfo.processInfo.environment)
  }

  /// The library of this process.
  ///
  /// - Throws: ``BoostingError`` where there is none.
  public static func library() throws(BoostingError) -> LightGBM { try found.get() }

  /// The library that an environment leads to.
  ///
  /// - Parameter environment: variables of the process.
  /// - Throws: ``BoostingError/noLibrary``, ``BoostingError/badLibrary(path:reason:)``,
  ///   ``BoostingError/notLoaded(path:reason:)``, ``BoostingError/noFunction(path:name:)``.
  public static func find(in environment: [String: String]) throws(BoostingError) -> LightGBM {
    if let named = environment[variable], !named.isEmpty {
      let inside = ["", "lib", "lightgbm/lib"].map {
        FilePath.join($0.isEmpty ? named : FilePath.join(named, $0), fileName)
      }
      let path =
        FilePath.isFolder(named) ? inside.first(where: FilePath.isFile) ?? inside[0] : named
      guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
        throw .badLibrary(path: path, reason: dlerror().map { String(cString: $0) } ?? "no reason")
      }
      return try LightGBM(path: path, functions: LightGBMFunctions(library, path: path))
    }
    var failure: BoostingError?
    for path in usual(environment) {
      if let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) {
        return try LightGBM(path: path, functions: LightGBMFunctions(library, path: path))
      }
      let reason = dlerror().map { String(cString: $0) } ?? "no reason"
      // A file that is there and lacks another library is not the same as none.
      if failure == nil && FilePath.isFile(path) {
        failure = .notLoaded(path: path, reason: reason)
      }
    }
    throw failure ?? .noLibrary
  }

  /// Where it is looked for.
  private static func usual(_ environment: [String: String]) -> [String] {
    let folders = [
      "/usr/local/lib", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
      "/opt/homebrew/lib",
    ]
    var paths = [fileName] + folders.map { FilePath.join($0, fileName) }
    for variable in ["CONDA_PREFIX", "VIRTUAL_ENV"] {
      guard let prefix = environment[variable], !prefix.isEmpty else { continue }
      let lib = FilePath.join(prefix, "lib")
      paths.append(FilePath.join(lib, fileName))
      let versions = ((try? FolderListing.items(lib)) ?? []).map(\.name)
      for version in versions where version.hasPrefix("python") {
        paths.append(
          FilePath.join(lib, "\(version)/site-packages/lightgbm/lib/\(fileName)"))
      }
    }
    return paths
  }

  /// A length as the library counts.
  ///
  /// - Throws: ``BoostingError/refused(operation:reason:)`` where it counts no further.
  package static func length(_ count: Int, _ operation: String) throws(BoostingError) -> CInt {
    guard let length = CInt(exactly: count) else {
      throw .refused(
        operation: operation, reason: "LightGBM counts to \(CInt.max), got \(count); take fewer")
    }
    return length
  }

  /// Throws what the library says where a call did not succeed.
  func check(_ status: CInt, _ operation: String) throws(BoostingError) {
    guard status != 0 else { return }
    throw .refused(
      operation: operation,
      reason: functions.lastError().map { String(cString: $0) } ?? "it gives no reason")
  }
}
