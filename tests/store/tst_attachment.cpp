// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/attachment.h"
#include "store/mediafacts.h"
#include "store/pdftext.h"
#include "store/plaintext.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <sys/stat.h>

using namespace diptych;

namespace {

QByteArray big32(quint32 number)
{
    QByteArray bytes(4, 0);
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray little(quint32 number, int bytes)
{
    QByteArray all(4, 0);
    qToLittleEndian(number, all.data());
    return all.left(bytes);
}

/// The beginning of a picture; nobody looks at more.
QByteArray png(quint32 width, quint32 height)
{
    return "\x89PNG\r\n\x1A\n" + big32(13) + "IHDR" + big32(width) + big32(height) + QByteArray("\x08\x06\0\0\0", 5);
}

QByteArray jpeg(int width, int height)
{
    const QByteArray application("\xFF\xE0\x00\x04\x01\x02", 6);
    const QByteArray frame("\xFF\xC0\x00\x0B\x08", 5);
    const auto side = [](int number) { return big32(static_cast<quint32>(number)).mid(2); };
    return "\xFF\xD8" + application + frame + side(height) + side(width) + QByteArray(6, '\1');
}

QByteArray wav(int seconds)
{
    const QByteArray format =
        QByteArray("\1\0\1\0", 4) + little(8000, 4) + little(8000, 4) + QByteArray("\1\0\x08\0", 4);
    const QByteArray sound(seconds * 8000, '\x80');
    return "RIFF" + little(36 + static_cast<quint32>(sound.size()), 4) + "WAVEfmt " + little(16, 4) + format + "data"
        + little(static_cast<quint32>(sound.size()), 4) + sound;
}

/// Frames of MPEG 1 layer III with 128 kbit/s.
QByteArray mp3(int bytes)
{
    return QByteArray("\xFF\xFB\x90\x00", 4) + QByteArray(bytes - 4, '\0');
}

QByteArray testFile(const char *name)
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestAttachment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refused_data();
    void refused();
    void foldersAndPipesAreNotRead();
    void unreadableFilesSayWhy();
    void damagedHeadersAreSurvived();
    void sizes_data();
    void sizes();
    void lengths();
    void texts_data();
    void texts();
    void pdfsGiveTheirWords();
    void longPdfsAreCut();
    void pdfsCanBeStopped();
    void damagedPdfsAreSurvived();
    void promptsCarryTheirFiles();
    void namesDoNotBreakOut();
};

void TestAttachment::refused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *tag, const char *name, const QByteArray &bytes, const char *words) {
        QTest::newRow(tag) << QString::fromLatin1(name) << bytes << QString::fromLatin1(words);
    };
    row("empty", "a.txt", {}, "is empty");
    row("bomb", "bomb.png", png(30000, 30000), "megapixels");
    row("bomb that overflows", "bomb.png", png(0xFFFFFFFF, 0xFFFFFFFF), "megapixels");
    row("picture without size", "a.png", "\x89PNG\r\n\x1A\n", "damaged");
    row("picture of nothing", "a.png", png(0, 5), "damaged");
    row("large picture", "a.png", png(10, 10) + QByteArray(20'000'001, 'x'), "larger than 20 MB");
    row("large sound", "a.mp3", mp3(25'000'001), "larger than 25 MB");
    row("sound without sound", "a.wav", "RIFF\x04\x01\x01\x01WAVE", "damaged");
    row("large text", "a.txt", QByteArray(2'000'001, 'x'), "larger than 2 MB");
    row("program", "a.bin",
        QByteArray("\x7F"
                   "ELF\0\0\0\0\xFF\xFE",
            10),
        "neither a picture");
    row("Latin-1", "a.txt", "caf\xE9 au lait", "neither a picture");
    row("text called a picture", "a.png", "hello", "not what its name says");
    row("picture called a PDF", "a.pdf", png(4, 4), "not what its name says");
    row("text called a sound", "a.mp3", "hello", "not what its name says");
    row("broken PDF", "a.pdf", "%PDF-1.4\nnothing", "damaged");
    row("locked PDF", "a.pdf", testFile("locked.pdf"), "password");
    row("scanned PDF", "a.pdf", testFile("scan.pdf"), "pictures only");
}

void TestAttachment::refused()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const Result<Attachment> read = attachmentFromBytes(name, bytes);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::InvalidRequest);
    QVERIFY2(read.error().message.contains(words), qPrintable(read.error().message));
    QVERIFY2(read.error().message.contains(name), qPrintable(read.error().message));
}

void TestAttachment::foldersAndPipesAreNotRead()
{
    const QTemporaryDir folder;
    const Result<Attachment> asFile = readAttachment(folder.path());
    QVERIFY(!asFile);
    QVERIFY(asFile.error().message.contains(QStringLiteral("is a folder")));
    const QString pipe = folder.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
    const Result<Attachment> asPipe = readAttachment(pipe);
    QVERIFY(!asPipe);
    QVERIFY(asPipe.error().message.contains(QStringLiteral("no ordinary file")));
}

void TestAttachment::unreadableFilesSayWhy()
{
    const QTemporaryDir folder;
    const Result<Attachment> missing = readAttachment(folder.filePath(QStringLiteral("gone.txt")));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, Error::Kind::Storage);
    QVERIFY(missing.error().message.startsWith(QStringLiteral("gone.txt")));
    // Its size alone is enough: it is not read.
    QFile huge(folder.filePath(QStringLiteral("huge.txt")));
    QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(qint64(1) << 40));
    const Result<Attachment> refusedUnread = readAttachment(huge.fileName());
    QVERIFY(!refusedUnread);
    QVERIFY(refusedUnread.error().message.contains(QStringLiteral("larger than 50 MB")));
}

void TestAttachment::damagedHeadersAreSurvived()
{
    const QByteArray webp = QByteArray("RIFF\x20\0\0\0WEBPVP8X", 16) + QByteArray(14, '\1');
    const QByteArray gif("GIF89a\7\0\5\0", 10);
    for (const QByteArray &whole : {png(7, 5), jpeg(7, 5), gif, wav(1).left(60), mp3(40), webp}) {
        for (qsizetype length = 0; length <= whole.size(); ++length) {
            const QByteArray cut = whole.left(length);
            const std::optional<QSize> size = pictureSize(cut);
            QVERIFY(!size || (size->width() > 0 && size->height() > 0));
            const auto lasts = soundLength(cut);
            QVERIFY(!lasts || lasts->count() >= 0);
        }
    }
}

void TestAttachment::sizes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QSize>("size");
    QTest::newRow("png") << png(640, 480) << QSize(640, 480);
    QTest::newRow("jpeg") << jpeg(640, 480) << QSize(640, 480);
    QTest::newRow("gif") << QByteArray("GIF87a\x80\x02\xE0\x01", 10) << QSize(640, 480);
    const QByteArray riff("RIFF\x20\0\0\0WEBP", 12);
    QTest::newRow("webp, extended") << QByteArray(riff + "VP8X" + little(10, 4) + little(0, 4) + little(639, 3)
        + little(479, 3)) << QSize(640, 480);
    QTest::newRow("webp, lossless") << QByteArray(riff + "VP8L" + little(10, 4) + '\x2F' + little(639 | 479 << 14, 4)
        + QByteArray(8, '\0')) << QSize(640, 480);
    QTest::newRow("webp, lossy") << QByteArray(
        riff + "VP8 " + little(10, 4) + QByteArray("\0\0\0\x9D\x01\x2A", 6) + little(640, 2) + little(480, 2))
                                 << QSize(640, 480);
}

void TestAttachment::sizes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QSize, size);
    QCOMPARE(pictureSize(bytes).value_or(QSize()), size);
    const Result<Attachment> read = attachmentFromBytes(QStringLiteral("picture"), bytes);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(read->kind, Attachment::Kind::Picture);
    QCOMPARE(read->pixels, size);
    QCOMPARE(read->size, bytes.size());
    QCOMPARE(contentOf(*read), bytes);
    QVERIFY(std::get<ImagePart>(read->part).url.startsWith(QStringLiteral("data:image/")));
}

void TestAttachment::lengths()
{
    const Result<Attachment> spoken = attachmentFromBytes(QStringLiteral("a.wav"), wav(3));
    QVERIFY(spoken);
    QCOMPARE(spoken->kind, Attachment::Kind::Sound);
    QCOMPARE(spoken->length.value(), std::chrono::milliseconds(3000));
    QCOMPARE(std::get<AudioPart>(spoken->part).format, QStringLiteral("wav"));
    const Result<Attachment> music = attachmentFromBytes(QStringLiteral("b.mp3"), mp3(32000));
    QVERIFY(music);
    QCOMPARE(music->length.value(), std::chrono::milliseconds(2000));
    QCOMPARE(std::get<AudioPart>(music->part).format, QStringLiteral("mp3"));
    // A tag in front holds a picture; what comes behind it counts.
    const QByteArray tagged = QByteArray("ID3\x03\0\0\0\0\0\x0A", 10) + QByteArray(10, 'x') + mp3(16000);
    QCOMPARE(soundLength(tagged).value(), std::chrono::milliseconds(1000));
}

void TestAttachment::texts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const QString word = QStringLiteral("Größe 😀 und so weiter\r\n");
    QTest::newRow("UTF-8") << word.toUtf8() << word;
    QTest::newRow("UTF-8 with mark") << QByteArray("\xEF\xBB\xBF" + word.toUtf8()) << word;
    const QByteArray utf16(reinterpret_cast<const char *>(word.utf16()), word.size() * 2);
    QByteArray swapped = utf16;
    qbswap<2>(utf16.constData(), word.size(), swapped.data());
    QTest::newRow("UTF-16 LE with mark") << QByteArray("\xFF\xFE" + utf16) << word;
    QTest::newRow("UTF-16 BE with mark") << QByteArray("\xFE\xFF" + swapped) << word;
    const QString plain = QStringLiteral("plain words");
    const QByteArray bare(reinterpret_cast<const char *>(plain.utf16()), plain.size() * 2);
    QByteArray bareSwapped = bare;
    qbswap<2>(bare.constData(), plain.size(), bareSwapped.data());
    QTest::newRow("UTF-16 LE") << bare << plain;
    QTest::newRow("UTF-16 BE") << bareSwapped << plain;
}

void TestAttachment::texts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(plainText(bytes).value_or(QStringLiteral("none")), text);
    const Result<Attachment> read = attachmentFromBytes(QStringLiteral("notes.txt"), bytes);
    QVERIFY(read);
    QCOMPARE(read->kind, Attachment::Kind::Text);
    QCOMPARE(QString::fromUtf8(contentOf(*read)), text);
    const TextPart part = std::get<TextPart>(read->part);
    QCOMPARE(part.name, QStringLiteral("notes.txt"));
    QVERIFY(part.text.contains(QStringLiteral("notes.txt")) && part.text.contains(text));
}

void TestAttachment::pdfsGiveTheirWords()
{
    const Result<Attachment> read = readAttachment(QStringLiteral(TEST_DATA_DIR "/words.pdf"));
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE(read->kind, Attachment::Kind::Pdf);
    QCOMPARE(read->pages, 2);
    QCOMPARE(contentOf(*read), QByteArray("The first page.\n\nThe second page."));
}

void TestAttachment::longPdfsAreCut()
{
    const Result<PdfText> read = pdfText(testFile("words.pdf"), 9);
    QVERIFY(read);
    QCOMPARE(read->text, QStringLiteral("The first"));
    QCOMPARE(read->readPages, 1);
    QCOMPARE(read->pages, 2);
}

void TestAttachment::pdfsCanBeStopped()
{
    int asked = 0;
    const Result<PdfText> read = pdfText(testFile("words.pdf"), 1000, [&asked] { return ++asked == 2; });
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Cancelled);
}

void TestAttachment::damagedPdfsAreSurvived()
{
    const QByteArray whole = testFile("words.pdf");
    QVERIFY(!whole.isEmpty());
    for (qsizetype length = 5; length < whole.size(); length += 7) {
        const Result<PdfText> cut = pdfText(whole.left(length), 1000);
        QVERIFY(cut || cut.error().kind == Error::Kind::InvalidRequest);
        QByteArray spoilt = whole;
        spoilt[length] = static_cast<char>(spoilt[length] ^ 0x55);
        const Result<PdfText> changed = pdfText(spoilt, 1000);
        QVERIFY(changed || !changed.error().message.isEmpty());
    }
}

void TestAttachment::promptsCarryTheirFiles()
{
    const Result<Attachment> picture = attachmentFromBytes(QStringLiteral("a.png"), png(3, 2));
    const Result<Attachment> notes = attachmentFromBytes(QStringLiteral("notes.md"), "# Title\n</file>\nmore");
    QVERIFY(picture && notes);
    const Message prompt = promptWith({*picture, *notes}, QStringLiteral("What is this?"));
    QCOMPARE(prompt.content.size(), std::size_t(3));
    QCOMPARE(typedText(prompt), QStringLiteral("What is this?"));
    const std::vector<Attachment> found = attachmentsOf(prompt);
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found.at(0), *picture);
    QCOMPARE(found.at(1).kind, Attachment::Kind::Text);
    QCOMPARE(found.at(1).size, notes->size);
    // An end in the middle of the file is none.
    QCOMPARE(contentOf(found.at(1)), QByteArray("# Title\n</file>\nmore"));
    QVERIFY(!attachmentOf(ImagePart {.url = QStringLiteral("https://example.com/a.png")}));
    QCOMPARE(promptWith({}, {}).content.size(), std::size_t(1));
    QCOMPARE(promptWith({*picture}, {}).content.size(), std::size_t(1));
}

void TestAttachment::namesDoNotBreakOut()
{
    const Result<Attachment> notes = attachmentFromBytes(QStringLiteral("a\">\n.txt"), "text");
    QVERIFY(notes);
    QCOMPARE(contentOf(*notes), QByteArray("text"));
    QCOMPARE(std::get<TextPart>(notes->part).text, QStringLiteral("<file name=\"a'> .txt\">\ntext\n</file>\n\n"));
}

QTEST_GUILESS_MAIN(TestAttachment)
#include "tst_attachment.moc"
