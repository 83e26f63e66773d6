import Datasets
import Files
import Foundation
import Imaging
import Runs
import SteelyardCommand
import TestSupport
import Testing

/// The folder that the demonstration draws into: drawn once, the same by any number of threads, and never over other things.
@Suite struct DemoFolderTests {
  private let few = DemoSet(seed: 5, side: 12, most: 5, ratio: 5, testPerClass: 1)

  private func files(_ folder: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for picture in few.pictures {
      found[picture.path] = try FileBytes.read("\(folder)/images/\(picture.path)")
    }
    return found
  }

  @Test func everyPictureIsWhatTheSetDraws() throws {
    try withTemporaryFolder { folder in
      #expect(try DemoFolder(folder).draw(few, threads: 3))
      for (path, bytes) in try files(folder) {
        let picture = try #require(few.pictures.first { $0.path == path })
        let drawn = try PNG.encode(few.draw(picture))
        #expect(bytes == drawn, "\(path)")
      }
      let data = try Dataset.open(folder + "/images")
      #expect(data.examples.count == few.pictures.count)
      #expect(Set(data.examples.compactMap(\.label)) == Set(CellKind.allCases.map(\.rawValue)))
      #expect(data.examples.count { $0.split == .test } == CellKind.allCases.count)
    }
  }

  @Test func threadsMakeNoDifference() throws {
    var all: [[String: [UInt8]]] = []
    for threads in [1, 7] {
      try withTemporaryFolder { folder in
        #expect(try DemoFolder(folder).draw(few, threads: threads))
        all.append(try files(folder))
      }
    }
    #expect(all[0] == all[1] && all[0].count == few.pictures.count)
  }

  /// What is there already is left as it is, also where somebody has changed a picture.
  @Test func drawnOnce() throws {
    try withTemporaryFolder { folder in
      #expect(try DemoFolder(folder).draw(few, threads: 2))
      let path = "\(folder)/images/\(few.pictures[0].path)"
      try AtomicFile.write("mine", to: path)
      #expect(try !DemoFolder(folder).draw(few, threads: 2))
      #expect(try FileBytes.read(path) == Array("mine".utf8))
    }
  }

  @Test func anotherSetIsRefused() throws {
    try withTemporaryFolder { folder in
      #expect(try DemoFolder(folder).draw(few, threads: 2))
      let before = try files(folder)
      var others = Array(repeating: few, count: 5)
      others[0].seed = 6
      others[1].side = 13
      others[2].most = 6
      others[3].ratio = 4
      others[4].testPerClass = 2
      for other in others {
        #expect(throws: DemoError.otherSet(folder)) {
          try DemoFolder(folder).draw(other, threads: 2)
        }
      }
      #expect(try files(folder) == before)
    }
  }

  /// Images of somebody else, a drawing that was broken off, a damaged record: nothing is written over.
  @Test func otherThingsAreLeftAlone() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/images", withIntermediateDirectories: true)
      try AtomicFile.write("mine", to: folder + "/images/mine.txt")
      for record in [nil, "no JSON", "{}", "{\"seed\": 5}"] as [String?] {
        if let record { try AtomicFile.write(record, to: folder + "/demo.json") }
        #expect(throws: DemoError.occupied(folder + "/images")) {
          try DemoFolder(folder).draw(few, threads: 2)
        }
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder + "/images") == ["mine.txt"])
    }
  }

  /// A file where the folder should be is an error in words.
  @Test func aFileInPlaceOfTheFolder() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("mine", to: folder + "/demo")
      let error = #expect(throws: RunError.self) {
        try DemoFolder(folder + "/demo").draw(few, threads: 2)
      }
      let words = error.map { "\($0)" } ?? ""
      #expect(words.contains("cannot be created") && !words.contains("NSCocoa"), "\(words)")
      #expect(try FileBytes.read(folder + "/demo") == Array("mine".utf8))
    }
  }

  /// The tail falls from the first size to the last, whatever they are.
  @Test func tailsOfEverySize() {
    for most in [1, 2, 7, 40, 1300, 99_999] {
      for ratio in [1.0, 1.5, 2, 10, 100, 5000] where Double(most) >= ratio {
        let counts = CellKind.trainingCounts(most: most, ratio: ratio)
        #expect(counts.count == 8 && counts[0] == most)
        #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 >= $1 }, "\(counts)")
        #expect(
          abs(Double(counts[7]) - Double(most) / ratio) <= 0.5 + 1e-6,
          "\(most), \(ratio): \(counts)")
        #expect(counts.allSatisfy { $0 >= 1 }, "\(counts)")
        // Neighbours fall by the same factor, to half an image.
        for (k, count) in counts.enumerated() {
          let exact = Double(most) / pow(ratio, Double(k) / 7)
          #expect(abs(Double(count) - exact) <= 0.5 + 1e-6, "\(most), \(ratio), \(k)")
        }
      }
    }
  }
}
