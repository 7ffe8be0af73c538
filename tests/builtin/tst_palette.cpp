// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/palette/palette.h"
#include "builtin/palette/paletteaxes.h"
#include "builtin/palette/picture.h"

#include <QTest>
#include <QtEndian>

#include <gif_lib.h>
#include <png.h>
#include <turbojpeg.h>
#include <webp/encode.h>

#include <functional>
#include <numeric>

using namespace diptych;

namespace {

using Paint = std::function<unsigned(int x, int y)>; // 0xrrggbb

std::vector<uchar> painted(int width, int height, const Paint &paint)
{
    std::vector<uchar> pixels;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const unsigned colour = paint(x, y);
            for (const int shift : {16, 8, 0})
                pixels.push_back(static_cast<uchar>(colour >> shift & 255U));
        }
    }
    return pixels;
}

QByteArray png(int width, int height, const Paint &paint)
{
    const auto pixels = painted(width, height, paint);
    png_image image {};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr);
    QByteArray bytes(static_cast<qsizetype>(size), '\0');
    png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr);
    return bytes;
}

QByteArray jpeg(int width, int height, const Paint &paint)
{
    const auto pixels = painted(width, height, paint);
    uchar *data = nullptr;
    unsigned long size = 0;
    const tjhandle encoder = tjInitCompress();
    tjCompress2(encoder, pixels.data(), width, 0, height, TJPF_RGB, &data, &size, TJSAMP_444, 95, 0);
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    tjFree(data);
    tjDestroy(encoder);
    return bytes;
}

/// A JPEG as printers use it: four colours.
QByteArray cmykJpeg()
{
    const std::vector<uchar> pixels(std::size_t(16 * 16 * 4), 100);
    uchar *data = nullptr;
    unsigned long size = 0;
    const tjhandle encoder = tjInitCompress();
    tjCompress2(encoder, pixels.data(), 16, 0, 16, TJPF_CMYK, &data, &size, TJSAMP_444, 95, 0);
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    tjFree(data);
    tjDestroy(encoder);
    return bytes;
}

/// A PNG in another layout of the samples: sixteen bits, or an index into a table.
QByteArray pngAs(png_uint_32 format, const void *pixels, const void *table, unsigned colours)
{
    png_image image {};
    image.version = PNG_IMAGE_VERSION;
    image.width = 2;
    image.height = 1;
    image.format = format;
    image.colormap_entries = colours;
    QByteArray bytes(1000, '\0');
    auto size = static_cast<png_alloc_size_t>(bytes.size());
    png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels, 0, table);
    return bytes.left(static_cast<qsizetype>(size));
}

QByteArray webp(int width, int height, const Paint &paint)
{
    const auto pixels = painted(width, height, paint);
    uchar *data = nullptr;
    const std::size_t size = WebPEncodeLosslessRGB(pixels.data(), width, height, width * 3, &data);
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    WebPFree(data);
    return bytes;
}

QByteArray number(quint32 value, int size)
{
    QByteArray bytes;
    for (int i = 0; i < size; ++i)
        bytes.append(static_cast<char>(value >> (8 * i) & 255U));
    return bytes;
}

/// An animation whose frames are the given pictures.
QByteArray animatedWebp(const QList<QByteArray> &frames, int width, int height)
{
    QByteArray body = QByteArray("WEBPVP8X") + number(10, 4) + number(2, 4) + number(quint32(width - 1), 3)
        + number(quint32(height - 1), 3) + QByteArray("ANIM") + number(6, 4) + number(0, 6);
    for (const QByteArray &frame : frames) {
        const QByteArray chunks = frame.mid(12);
        body += QByteArray("ANMF") + number(quint32(16 + chunks.size()), 4) + number(0, 6)
            + number(quint32(width - 1), 3) + number(quint32(height - 1), 3) + number(100, 3) + number(0, 1) + chunks;
    }
    return QByteArray("RIFF") + number(quint32(body.size()), 4) + body;
}

int appendBytes(GifFileType *gif, const GifByteType *data, int size)
{
    static_cast<QByteArray *>(gif->UserData)->append(reinterpret_cast<const char *>(data), size);
    return size;
}

/// A picture of at most eight colours, in the order of their first appearance.
QByteArray gif(int width, int height, const Paint &paint, bool interlaced = false)
{
    QByteArray bytes;
    std::vector<GifColorType> colours(8);
    std::vector<unsigned> known;
    const auto index = [&](unsigned colour) {
        const auto found = std::find(known.begin(), known.end(), colour);
        if (found == known.end())
            known.push_back(colour);
        return static_cast<GifPixelType>(std::find(known.begin(), known.end(), colour) - known.begin());
    };
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            index(paint(x, y));
    }
    for (std::size_t i = 0; i < known.size(); ++i)
        colours[i] = {static_cast<uchar>(known[i] >> 16), static_cast<uchar>(known[i] >> 8 & 255U),
            static_cast<uchar>(known[i] & 255U)};
    int error = 0;
    GifFileType *file = EGifOpen(&bytes, appendBytes, &error);
    ColorMapObject *map = GifMakeMapObject(8, colours.data());
    EGifPutScreenDesc(file, width, height, 8, 0, map);
    EGifPutImageDesc(file, 0, 0, width, height, interlaced, nullptr);
    std::vector<int> rows;
    for (const auto &[start, step] : interlaced ? std::vector<std::pair<int, int>> {{0, 8}, {4, 8}, {2, 4}, {1, 2}}
                                                : std::vector<std::pair<int, int>> {{0, 1}}) {
        for (int y = start; y < height; y += step)
            rows.push_back(y);
    }
    for (const int y : rows) {
        std::vector<GifPixelType> line;
        for (int x = 0; x < width; ++x)
            line.push_back(index(paint(x, y)));
        EGifPutLine(file, line.data(), width);
    }
    EGifCloseFile(file, &error);
    GifFreeMapObject(map);
    return bytes;
}

Paint plain(unsigned colour)
{
    return [colour](int, int) { return colour; };
}

Paint halves(unsigned top, unsigned bottom)
{
    return [=](int, int y) { return y < 16 ? top : bottom; };
}

QString dataUrl(const QByteArray &bytes)
{
    return QString::fromLatin1("data:image/png;base64," + bytes.toBase64());
}

} // namespace

class TestPalette : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsNoPictureIsRefused_data();
    void whatIsNoPictureIsRefused();
    void cutPicturesAreRefused_data();
    void cutPicturesAreRefused();
    void theRefusalNamesThePicture();
    void fewerDimensionsAreRefused();
    void everyFormatIsRead_data();
    void everyFormatIsRead();
    void ofAnimationsTheFirstFrameIsRead();
    void deepAndIndexedPicturesAreRead();
    void interlacedRowsComeInOrder();
    void transparencyLiesOnWhite();
    void bareBase64IsRead();
    void tinyPicturesHaveUnitVectors();
    void textsRankPictures_data();
    void textsRankPictures();
    void nearDuplicatesAreNearest();
    void theTextBesideCounts();
    void otherTextsAreNeutral();

private:
    [[nodiscard]] Result<EmbeddingResponse> embed(const QString &image, const std::optional<QString> &text = {}) const
    {
        return m_palette.embed(ImageEmbeddingRequest {.input = {{.image = image, .text = text}}}, [] { return false; });
    }
    [[nodiscard]] std::vector<float> ofPicture(const QByteArray &bytes) const
    {
        const auto response = embed(dataUrl(bytes));
        return response ? response->values : std::vector<float>(palette::dimensions);
    }
    [[nodiscard]] std::vector<float> ofText(const char *text) const
    {
        return m_palette.embed(EmbeddingRequest {.input = {QString::fromLatin1(text)}}, [] { return false; })->values;
    }
    [[nodiscard]] static double similarity(const std::vector<float> &a, const std::vector<float> &b)
    {
        return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    }

    Palette m_palette;
};

void TestPalette::whatIsNoPictureIsRefused_data()
{
    QTest::addColumn<QString>("image");
    const QByteArray good = png(32, 32, plain(0xff0000));
    QTest::newRow("empty") << QString();
    QTest::newRow("an address") << QStringLiteral("https://example.org/cat.png");
    QTest::newRow("a file") << QStringLiteral("file:///etc/passwd");
    QTest::newRow("no Base64") << QStringLiteral("data:image/png;base64,%%%%");
    QTest::newRow("not marked as Base64") << QStringLiteral("data:image/png,abc");
    QTest::newRow("no comma") << QStringLiteral("data:image/png;base64");
    QTest::newRow("nothing after the comma") << QStringLiteral("data:image/png;base64,");
    QTest::newRow("text") << dataUrl("just text, not a picture");
    QTest::newRow("SVG") << dataUrl("<svg xmlns='http://www.w3.org/2000/svg'/>");
    QByteArray bomb = good;
    // 60,000 × 60,000 pixels, by the header alone; its checksum no longer fits, which the decoder may see first.
    qToBigEndian<quint32>(60'000, bomb.data() + 16);
    qToBigEndian<quint32>(60'000, bomb.data() + 20);
    QTest::newRow("a huge header") << dataUrl(bomb);
    QByteArray gifBomb = gif(4, 4, plain(0xff0000));
    const qsizetype descriptor = gifBomb.indexOf(',', 13 + 24);
    qToLittleEndian<quint16>(65'535, gifBomb.data() + descriptor + 5);
    qToLittleEndian<quint16>(65'535, gifBomb.data() + descriptor + 7);
    QTest::newRow("a huge frame in a GIF") << dataUrl(gifBomb);
    QByteArray jpegBomb = jpeg(8, 8, plain(0xff0000));
    const qsizetype frame = jpegBomb.indexOf("\xff\xc0");
    qToBigEndian<quint16>(65'000, jpegBomb.data() + frame + 5);
    qToBigEndian<quint16>(65'000, jpegBomb.data() + frame + 7);
    QTest::newRow("a huge header in a JPEG") << dataUrl(jpegBomb);
    QByteArray webpBomb = webp(8, 8, plain(0xff0000));
    qToLittleEndian<quint32>(0x0fff'ffff, webpBomb.data() + 21); // 16,384 pixels a side
    QTest::newRow("a huge header in a WebP") << dataUrl(webpBomb);
    QTest::newRow("an animation without frames") << dataUrl(animatedWebp({}, 8, 8));
    QTest::newRow("a frame cut short") << dataUrl(animatedWebp({webp(32, 32, plain(0xff0000)).left(24)}, 32, 32));
    QTest::newRow("CMYK") << dataUrl(cmykJpeg());
    QTest::newRow("only a signature") << dataUrl(good.left(8));
}

void TestPalette::whatIsNoPictureIsRefused()
{
    QFETCH(QString, image);
    const auto response = embed(image);
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::InvalidRequest);
    QCOMPARE(response.error().parameter, QStringLiteral("input[0].image"));
    QVERIFY(!response.error().message.isEmpty());
}

void TestPalette::cutPicturesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const Paint paint = [](int x, int y) { return x / 8 % 2 == y / 8 % 2 ? 0xff8000U : 0x0040c0U; };
    QTest::newRow("PNG") << png(32, 32, paint);
    QTest::newRow("JPEG") << jpeg(32, 32, paint);
    QTest::newRow("WebP") << webp(32, 32, paint);
    QTest::newRow("GIF") << gif(32, 32, paint);
}

void TestPalette::cutPicturesAreRefused()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(decodePicture(bytes));
    int refused = 0;
    for (qsizetype size = 0; size < bytes.size(); ++size)
        refused += decodePicture(bytes.left(size)) ? 0 : 1;
    // A few bytes after the last pixel may be missing.
    QVERIFY2(refused >= bytes.size() - 24, qPrintable(QString::number(bytes.size() - refused)));
}

void TestPalette::theRefusalNamesThePicture()
{
    const QString good = dataUrl(png(4, 4, plain(0)));
    const auto response = m_palette.embed(
        ImageEmbeddingRequest {.input = {{.image = good}, {.image = QStringLiteral("data:,x")}}}, [] { return false; });
    QVERIFY(!response);
    QCOMPARE(response.error().parameter, QStringLiteral("input[1].image"));
}

void TestPalette::fewerDimensionsAreRefused()
{
    const auto response =
        m_palette.embed(EmbeddingRequest {.input = {QStringLiteral("red")}, .dimensions = 8}, [] { return false; });
    QVERIFY(!response);
    QCOMPARE(response.error().kind, Error::Kind::Unsupported);
    QCOMPARE(response.error().parameter, QStringLiteral("dimensions"));
}

void TestPalette::everyFormatIsRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("PNG") << png(40, 32, halves(0xff0000, 0x0000ff));
    QTest::newRow("JPEG") << jpeg(40, 32, halves(0xff0000, 0x0000ff));
    QTest::newRow("WebP") << webp(40, 32, halves(0xff0000, 0x0000ff));
    QTest::newRow("GIF") << gif(40, 32, halves(0xff0000, 0x0000ff));
}

void TestPalette::everyFormatIsRead()
{
    QFETCH(QByteArray, bytes);
    const auto picture = decodePicture(bytes);
    QVERIFY(picture);
    QCOMPARE(picture->width, 40);
    QCOMPARE(picture->height, 32);
    const auto at = [&](int x, int y, int channel) { return picture->pixels[std::size_t((y * 40 + x) * 3 + channel)]; };
    QVERIFY(at(20, 2, 0) > 0.9F && at(20, 2, 2) < 0.1F);
    QVERIFY(at(20, 30, 0) < 0.1F && at(20, 30, 2) > 0.9F);
}

void TestPalette::ofAnimationsTheFirstFrameIsRead()
{
    const Paint red = halves(0xff0000, 0xffff00);
    const QByteArray moving = animatedWebp({webp(32, 32, red), webp(32, 32, plain(0x0000ff))}, 32, 32);
    QVERIFY(decodePicture(moving));
    QCOMPARE(decodePicture(moving), decodePicture(webp(32, 32, red)));
    QByteArray frames = gif(32, 32, red);
    const QByteArray second = gif(32, 32, halves(0xff0000, 0x0000ff));
    frames.chop(1); // the trailer
    frames += second.mid(second.indexOf(',', 13 + 24));
    QCOMPARE(decodePicture(frames), decodePicture(gif(32, 32, red)));
}

void TestPalette::deepAndIndexedPicturesAreRead()
{
    // Sixteen bits a sample are linear light.
    const quint16 deep[] = {65'535, 0, 0, 0, 0, 65'535};
    const auto sixteen = decodePicture(pngAs(PNG_FORMAT_LINEAR_RGB, deep, nullptr, 0));
    QVERIFY(sixteen);
    QCOMPARE(sixteen->pixels, (std::vector<float> {1, 0, 0, 0, 0, 1}));
    const uchar indices[] = {1, 0};
    const uchar colours[] = {0, 0, 255, 255, 0, 0};
    const auto indexed = decodePicture(pngAs(PNG_FORMAT_RGB_COLORMAP, indices, colours, 2));
    QVERIFY(indexed);
    QCOMPARE(indexed->pixels, sixteen->pixels);
}

void TestPalette::interlacedRowsComeInOrder()
{
    const Paint paint = [](int, int y) { return y < 5 ? 0xff0000U : y < 16 ? 0x00ff00U : 0x0000ffU; };
    QCOMPARE(decodePicture(gif(20, 32, paint, true)), decodePicture(gif(20, 32, paint)));
}

void TestPalette::transparencyLiesOnWhite()
{
    const uchar pixels[] = {255, 0, 0, 0, 0, 0, 0, 255};
    png_image image {};
    image.version = PNG_IMAGE_VERSION;
    image.width = 2;
    image.height = 1;
    image.format = PNG_FORMAT_RGBA;
    QByteArray bytes(1000, '\0');
    auto size = static_cast<png_alloc_size_t>(bytes.size());
    QVERIFY(png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels, 0, nullptr));
    const auto picture = decodePicture(bytes.left(static_cast<qsizetype>(size)));
    QVERIFY(picture);
    QCOMPARE(picture->pixels, (std::vector<float> {1, 1, 1, 0, 0, 0}));
}

void TestPalette::bareBase64IsRead()
{
    const QByteArray bytes = png(8, 8, plain(0x00ff00));
    const auto bare = embed(QString::fromLatin1(bytes.toBase64()));
    QVERIFY(bare);
    QCOMPARE(bare->values, ofPicture(bytes));
}

void TestPalette::tinyPicturesHaveUnitVectors()
{
    for (const auto &[width, height] : std::vector<std::pair<int, int>> {{1, 1}, {1, 40}, {2, 1}, {600, 3}}) {
        const auto vector = ofPicture(png(width, height, plain(0x123456)));
        QCOMPARE(vector.size(), palette::dimensions);
        QVERIFY(std::abs(similarity(vector, vector) - 1) < 1e-4);
    }
}

void TestPalette::textsRankPictures_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("near");
    QTest::addColumn<QByteArray>("far");
    const auto row = [](const char *text, const Paint &near, const Paint &far) {
        QTest::newRow(text) << QByteArray(text) << png(32, 32, near) << png(32, 32, far);
    };
    const Paint stripes = [](int, int y) { return y / 4 % 2 == 0 ? 0xffffffU : 0x000000U; };
    const Paint columns = [](int x, int) { return x / 4 % 2 == 0 ? 0xffffffU : 0x000000U; };
    row("a dark blue picture", plain(0x101060), plain(0xd02020));
    row("crimson", plain(0xd01030), plain(0x1e50dc));
    row("light green", plain(0xa0e0a0), plain(0x404040));
    row("stripes", stripes, plain(0x808080));
    row("horizontal stripes", stripes, columns);
    row("vertical lines", columns, stripes);
    row("red on top", halves(0xff0000, 0xffffff), halves(0xffffff, 0xff0000));
    row("blue at the bottom and yellow at the top", halves(0xffe020, 0x1e50dc), halves(0x1e50dc, 0xffe020));
    row(
        "top left red", [](int x, int y) { return x < 16 && y < 16 ? 0xff0000U : 0xffffffU; },
        [](int x, int y) { return x >= 16 && y >= 16 ? 0xff0000U : 0xffffffU; });
    row("the sky above green grass", halves(0x87bfeb, 0x22a03c), halves(0x22a03c, 0x87bfeb));
    row("a dark picture", plain(0x202020), plain(0xe0e0e0));
    row("very colourful", plain(0xff00ff), plain(0xb0a0b0));
    const auto chequered = [](int size) {
        return [size](int x, int y) { return x / size % 2 == y / size % 2 ? 0xffffffU : 0x000000U; };
    };
    row("a fine pattern", chequered(2), chequered(8));
    row("coarse", chequered(8), chequered(2));
    row("vermilion", plain(0xe03020), plain(0x2040e0));
    row("a mauve picture", plain(0x8a50a0), plain(0x40a050));
    row("ultramarine", plain(0x1040d0), plain(0xd0c040));
    row(
        "a night scene in blue", [](int x, int y) { return y < 10    ? 0x060620U
                                                        : x % 7 == 0 ? 0x203080U
                                                                     : 0x101850U; },
        [](int x, int y) { return y < 10    ? 0x600606U
                               : x % 7 == 0 ? 0xc03020U
                                            : 0x901010U; });
    row("a forest at night", plain(0x0a2a10), plain(0xffe0a0));
}

void TestPalette::textsRankPictures()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, near);
    QFETCH(QByteArray, far);
    const auto vector = ofText(text.constData());
    const double nearness = similarity(vector, ofPicture(near));
    const double farness = similarity(vector, ofPicture(far));
    QVERIFY2(nearness > farness + 0.02, qPrintable(QString::number(nearness) + u' ' + QString::number(farness)));
}

void TestPalette::nearDuplicatesAreNearest()
{
    const Paint scene = [](int x, int y) { return y < 12 ? 0x80c0f0U : x < 10 ? 0x8b4513U : 0x30a040U; };
    const auto original = ofPicture(png(32, 32, scene));
    const double duplicate =
        similarity(original, ofPicture(jpeg(64, 64, [&](int x, int y) { return scene(x / 2, y / 2); })));
    QVERIFY(duplicate > 0.97);
    for (const Paint &other : {plain(0x80c0f0), halves(0x30a040, 0x80c0f0), plain(0xff0000)})
        QVERIFY(similarity(original, ofPicture(png(32, 32, other))) < duplicate - 0.05);
}

void TestPalette::theTextBesideCounts()
{
    const QString grey = dataUrl(png(16, 16, plain(0x808080)));
    const auto red = ofText("red");
    const auto alone = embed(grey)->values;
    QVERIFY(similarity(embed(grey, QStringLiteral("red"))->values, red) > similarity(alone, red) + 0.2);
    QCOMPARE(embed(grey, QStringLiteral("parliament"))->values, alone);
}

void TestPalette::otherTextsAreNeutral()
{
    for (const char *text : {"parliament", "a picture of some people", "what is this thing", "my grandmother's house"})
        QCOMPARE(ofText(text), ofText(""));
    QVERIFY(std::abs(similarity(ofText(""), ofText("")) - 1) < 1e-4);
}

QTEST_GUILESS_MAIN(TestPalette)
#include "tst_palette.moc"
