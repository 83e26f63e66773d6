import Boosting
import Files
import Foundation
import TestSupport
import Testing

/// How the library is looked for, and what is said where it is not.
@Suite struct LightGBMTests {
  private func message(_ environment: [String: String]) -> String {
    do throws(BoostingError) {
      return "found at \(try LightGBM.find(in: environment).path)"
    } catch {
      return error.description
    }
  }

  @Test func aWrongFileIsNamed() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/x.so"
      try AtomicFile.write(Array("no library".utf8), to: file)
      #expect(
        message([LightGBM.variable: file]).hasPrefix(
          "lightgbm: STEELYARD_LIGHTGBM names \(file), which is not read as a library: "))
      // In a folder the library has its own name.
      #expect(
        message([LightGBM.variable: folder]).hasPrefix(
          "lightgbm: STEELYARD_LIGHTGBM names \(folder)/\(LightGBM.fileName), which is not read as")
      )
    }
  }

  /// A file in a usual place that is no library is said, where no other is found.
  @Test func aFileThatCannotBeLoadedIsNotNone() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/lib/" + LightGBM.fileName
      try FileManager.default.createDirectory(
        atPath: folder + "/lib", withIntermediateDirectories: true)
      try AtomicFile.write(Array("no library".utf8), to: file)
      let found = message(["CONDA_PREFIX": folder])
      #expect(
        found.hasPrefix("lightgbm: \(file) is there and cannot be loaded: ")
          || (try? LightGBM.find(in: [:])) != nil, "\(found)")
    }
  }

  /// Only the number of threads goes, wherever it stands in the parameters.
  @Test func aTextIsTheSameForAnyThreads() {
    func kept(_ text: String) -> String {
      String(decoding: LightGBM.withoutThreads(Array(text.utf8)), as: UTF8.self)
    }
    #expect(
      kept("tree\n\nparameters:\n[seed: 4]\n[num_threads: 16]\n[x: 1]\n")
        == "tree\n\nparameters:\n[seed: 4]\n[num_threads: 0]\n[x: 1]\n")
    #expect(kept("tree\n") == "tree\n" && kept("").isEmpty)
  }

  /// The library counts in 32 bits.
  @Test func lengthsThatTheLibraryCannotCountAreRefused() throws {
    #expect(try LightGBM.length(2_147_483_647, "taking rows") == 2_147_483_647)
    let error = #expect(throws: BoostingError.self) {
      try LightGBM.length(2_147_483_648, "taking rows")
    }
    #expect(
      error?.description
        == "lightgbm: taking rows: LightGBM counts to 2147483647, got 2147483648; take fewer")
  }

  @Test func whatIsMissingSaysWhatToInstall() {
    #expect(
      BoostingError.noLibrary.description
        == "lightgbm: its library, \(LightGBM.fileName), is not installed; install LightGBM (pip install lightgbm has it in"
        + " lightgbm/lib) and name the file in STEELYARD_LIGHTGBM")
    #expect(
      BoostingError.noFunction(path: "x.so", name: "LGBM_BoosterFree").description
        == "lightgbm: x.so has no function LGBM_BoosterFree; expected LightGBM 4 or later")
  }
}
