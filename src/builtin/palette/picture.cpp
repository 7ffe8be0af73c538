// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/palette/picture.h"

#include "builtin/palette/picturecodecs.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

constexpr qint64 longestSide = 256; // pixels, of what is measured

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::Picture", text);
}

tl::unexpected<Error> refused(const QString &message)
{
    return Failure(Error {
        .kind = Error::Kind::InvalidRequest, .message = message, .providerCode = QStringLiteral("invalid_image")});
}

bool isSmallEnough(qint64 width, qint64 height)
{
    return width > 0 && height > 0 && width <= mostPicturePixels / height;
}

std::optional<RawPicture> decodeAny(const QByteArray &bytes, bool &known)
{
    known = true;
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return decodePng(bytes, isSmallEnough);
    if (bytes.startsWith("\xff\xd8\xff"))
        return decodeJpeg(bytes, isSmallEnough);
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP")
        return decodeWebp(bytes, isSmallEnough);
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return decodeGif(bytes, isSmallEnough);
    known = false;
    return {};
}

/// Averages boxes of pixels down to the size that is measured, on white.
Picture shrunk(const RawPicture &raw)
{
    const qint64 longest = std::max(raw.width, raw.height);
    const qint64 side = std::min(longest, longestSide);
    const qint64 width = std::max<qint64>(1, raw.width * side / longest);
    const qint64 height = std::max<qint64>(1, raw.height * side / longest);
    Picture picture {.width = static_cast<int>(width), .height = static_cast<int>(height)};
    picture.pixels.reserve(static_cast<std::size_t>(width * height * 3));
    for (qint64 y = 0; y < height; ++y) {
        const qint64 top = y * raw.height / height;
        const qint64 bottom = (y + 1) * raw.height / height;
        for (qint64 x = 0; x < width; ++x) {
            const qint64 left = x * raw.width / width;
            const qint64 right = (x + 1) * raw.width / width;
            double sums[3] = {0, 0, 0};
            for (qint64 row = top; row < bottom; ++row) {
                const uchar *pixel = raw.rgba.data() + (row * raw.width + left) * 4;
                for (qint64 column = left; column < right; ++column, pixel += 4) {
                    for (int channel = 0; channel < 3; ++channel)
                        sums[channel] += 255 * 255 - pixel[3] * (255 - pixel[channel]);
                }
            }
            const double whole = 255.0 * 255.0 * static_cast<double>((bottom - top) * (right - left));
            for (const double sum : sums)
                picture.pixels.push_back(static_cast<float>(sum / whole));
        }
    }
    return picture;
}

} // namespace

Result<Picture> decodePicture(const QByteArray &bytes)
{
    if (bytes.size() > mostPictureBytes)
        return refused(translated("The picture is too large: at most 32 MB are read."));
    bool known = false;
    const auto raw = decodeAny(bytes, known);
    if (!known)
        return refused(translated("This is not a PNG, JPEG, WebP or GIF picture."));
    if (!raw)
        return refused(translated("The picture is damaged, cut short, larger than 40 megapixels, or a JPEG in CMYK."));
    return shrunk(*raw);
}

Result<QByteArray> pictureBytes(const QString &url)
{
    QStringView encoded(url);
    if (encoded.startsWith(u"data:", Qt::CaseInsensitive)) {
        const qsizetype comma = encoded.indexOf(u',');
        if (comma < 0 || !encoded.first(comma).endsWith(u";base64", Qt::CaseInsensitive))
            return refused(translated("The data URL has to be Base64: data:image/png;base64,…"));
        encoded = encoded.mid(comma + 1);
    } else if (encoded.contains(u"://")) {
        return refused(translated("This model fetches nothing: send the picture as a data URL."));
    }
    if (encoded.size() > mostPictureBytes / 3 * 4 + 8)
        return refused(translated("The picture is too large: at most 32 MB are read."));
    const auto options = QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors;
    const QByteArray text = encoded.trimmed().toLatin1().replace('\n', QByteArray()).replace('\r', QByteArray());
    const auto decoded = QByteArray::fromBase64Encoding(text, options);
    if (!decoded || (*decoded).isEmpty())
        return refused(translated("The picture is not valid Base64."));
    return *decoded;
}

} // namespace diptych
