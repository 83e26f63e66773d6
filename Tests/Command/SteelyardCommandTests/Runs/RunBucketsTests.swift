import Files
import Sampling
import SteelyardCommand
import TestSupport
import Testing

/// Rows of buckets of classes, as `--buckets` has them.
@Suite struct RunBucketsTests {
  private let names = ["common", "rare", "rarer", "a+b"]

  private func buckets(_ text: String) throws -> RunBuckets {
    try RunBuckets(#require(ClassMass(text: text)), names)
  }

  private func refusal(_ text: String) -> String? {
    let error = #expect(throws: OptionError.self) { try buckets(text) }
    return error.map { "\($0)" }
  }

  /// Names joined with a plus; a class whose name has one is itself. A file says the same.
  @Test func bucketsByName() throws {
    let found = try buckets("common=6,rare+rarer=2,a+b=1")
    #expect(found.sampler == ClassBucketSampler([1, 2, 2, 0], each: [1, 6, 2]))
    #expect(
      found.statement == "buckets: of 9 rows in a row, 1 of a+b, 6 of common, 2 of rare and rarer")
    try withTemporaryFolder { folder in
      let path = folder + "/b.csv"
      try AtomicFile.write("classes,rows\nrare+rarer,2\ncommon,6\na+b,1\n", to: path)
      let read = try RunBuckets(.file(path), names)
      #expect(read.sampler == found.sampler && read.option == found.option)
      try AtomicFile.write("rare+rarer,2\n", to: path)
      let error = #expect(throws: OptionError.self) { try RunBuckets(.file(path), names) }
      #expect(
        error.map { "\($0)" }
          == "buckets: \(path): 'common' is in no bucket; put every class into one")
    }
  }

  @Test(arguments: [
    ("common=6,rare+rarer=2", "buckets: 'a+b' is in no bucket; put every class into one"),
    (
      "common=6,rare+rarer=2,rare+a+b=1",
      "buckets: there is no class 'a'"
    ),
    (
      "common=6,rare+rarer=2,rare=1,a+b=1",
      "buckets: 'rare' is in two buckets; put every class into one"
    ),
    (
      "common=6,rare+rarr=2,a+b=1",
      "buckets: there is no class 'rarr'; did you mean 'rare'?"
    ),
    (
      "common=6,rare+rare=2,rarer=1,a+b=1",
      "buckets: 'rare+rare' has a class twice; put every class into one bucket once"
    ),
    (
      "common=0,rare=1,rarer=1,a+b=1",
      "buckets: 'common' has the rows 0; expected a whole number from 1 to 1000000 (--drop-class leaves a class out)"
    ),
    (
      "common=1.5,rare=1,rarer=1,a+b=1",
      "buckets: 'common' has the rows 1.5; expected a whole number from 1 to 1000000 (--drop-class leaves a class out)"
    ),
  ])
  func refused(text: String, words: String) {
    #expect(refusal(text) == words)
  }
}
