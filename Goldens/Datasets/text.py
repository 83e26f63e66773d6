"""Features of texts by scikit-learn: hashed terms, TF-IDF, singular vectors, lexicons.

Run from this folder: python3 text.py (needs scikit-learn 1.5 or later and NumPy). Writes text.json.
"""

import json
import unicodedata

import numpy as np
import sklearn
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.utils import murmurhash3_32

TRAIN = [
    "The patient is calm, and the wound is clean.",
    "The patient isn't calm; the wound is NOT clean!",
    "Pain, pain and more pain in the left_arm at 3 a.m.",
    "Caf\u00e9 na\u00efve r\u00e9sum\u00e9",
    "Cafe\u0301 and nai\u0308ve: one word, two spellings",
    "",
    "  ... !?  ",
    "\u0394\u0399\u0391\u0393\u039d\u03a9\u03a3\u0397\u03a3 \u03bf\u03b4\u03cc\u03c2",
    "\u0939\u093f\u0928\u094d\u0926\u0940 \u092e\u0947\u0902 \u0932\u093f\u0916\u093e",
    "\u7d50\u679c \u826f\u6027 \u0421\u041b\u041e\u0412\u041e \U0001f600 word",
    "\u0130stanbul Stra\u00dfe STRASSE \u00bd x\u00b2 \u2163",
    "calm calm calm wound and the patient",
    "the left arm is clean and the right arm is calm",
    "more words, more pain, no more patience",
]
NEW = ["the wound is calm", "unheard vocabulary altogether", "", "pain pain wound \u00c9t\u00e9 caf\u00e9"]
LEXICON = {"calm": 0.75, "pain": -0.9, "clean": 0.5, "wound": -0.4, "caf\u00e9": 0.1}
OTHER = {"zyzzyva": 3.0}


def words(text):
    """Runs of letters, marks, digits and low lines, in lower case code point by code point."""
    text = "".join(c.lower() for c in unicodedata.normalize("NFC", text))
    spaced = "".join(c if c == "_" or unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return [word for word in spaced.split(" ") if word]


def vectorizer(width):
    return HashingVectorizer(
        n_features=width, tokenizer=words, token_pattern=None, lowercase=False, ngram_range=(1, 2),
        alternate_sign=True, norm=None)


def sparse(matrix):
    matrix = matrix.tocsr()
    matrix.sort_indices()
    cuts = list(zip(matrix.indptr, matrix.indptr[1:]))
    return [
        {"slots": matrix.indices[a:b].tolist(), "values": matrix.data[a:b].tolist()} for a, b in cuts]


def case(train, new, width, size):
    hashing = vectorizer(width)
    counts = hashing.transform(train)
    tfidf = TfidfTransformer(norm="l2", smooth_idf=True).fit(counts)
    rows, others = tfidf.transform(counts), tfidf.transform(hashing.transform(new))
    values, v = np.linalg.svd(rows.toarray(), full_matrices=False)[1:]
    return {
        "train": train, "new": new, "width": width, "size": size, "counts": sparse(counts),
        "weights": sparse(rows), "newWeights": sparse(others), "singular": values[:size].tolist(),
        "next": float(values[size]), "features": (rows @ v[:size].T).tolist(),
        "newFeatures": (others @ v[:size].T).tolist(),
    }


def topics(seed, count, size):
    """Texts of a few topics, whose first directions stand apart from the others."""
    random = np.random.default_rng(seed)
    shares = np.array([0.3, 0.24, 0.19, 0.15, 0.12])
    texts = []
    for _ in range(count):
        topic = random.choice(len(shares), p=shares)
        own = random.integers(0, 12, size)
        texts.append(" ".join(
            f"t{topic}w{w}" if random.random() < 0.8 else f"c{w}" for w in own))
    return texts


def lexicon(scores, train, texts):
    """Mean, maximum and coverage; the mean of the training texts that have them where there are none."""
    def raw(text):
        all_words = words(text)
        found = [scores[w] for w in all_words if w in scores]
        if not found:
            return [np.nan, np.nan, 0.0]
        return [np.mean(found), np.max(found), len(found) / len(all_words)]
    base = np.array([raw(text) for text in train])
    known = ~np.isnan(base[:, 0])
    fill = base[known].mean(axis=0) if known.any() else np.zeros(3)
    rows = np.array([raw(text) for text in texts])
    return np.where(np.isnan(rows), fill, rows).tolist()


TERMS = ["", "a", "ab", "abc", "abcd", "abcde", "the", "the wound", "caf\u00e9", "\u7d50\u679c",
         "\u0939\u093f\u0928\u094d\u0926\u0940", "\U0001f600"]
large = topics(3, 260, 14)
result = {
    "sklearn": sklearn.__version__,
    "hashes": [{"term": t, "hash": int(murmurhash3_32(t, seed=0, positive=True)),
                "seeded": int(murmurhash3_32(t, seed=42, positive=True))} for t in TERMS],
    "words": [words(text) for text in TRAIN + NEW],
    "cases": [case(TRAIN, NEW, 64, 5), case(large[:240], large[240:] + ["", "t0w0 nothing else"], 1024, 3)],
    "lexicon": LEXICON, "other": OTHER,
    "lexiconTrain": lexicon(LEXICON, TRAIN, TRAIN), "lexiconNew": lexicon(LEXICON, TRAIN, NEW),
    "otherNew": lexicon(OTHER, TRAIN, NEW),
}
with open("text.json", "w") as file:
    json.dump(result, file, ensure_ascii=True)
    file.write("\n")
for one in result["cases"]:
    print(one["singular"], one["next"])
