// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/mediafacts.h"

#include <QtEndian>

#include <array>

namespace diptych {

namespace {

quint8 byteAt(const QByteArray &bytes, qsizetype at)
{
    return static_cast<quint8>(bytes.at(at));
}

template <typename Number>
Number bigAt(const QByteArray &bytes, qsizetype at)
{
    return qFromBigEndian<Number>(bytes.constData() + at);
}

template <typename Number>
Number littleAt(const QByteArray &bytes, qsizetype at)
{
    return qFromLittleEndian<Number>(bytes.constData() + at);
}

/// Where the first MPEG frame of layer III begins, behind a tag; -1: there is none.
qsizetype mp3Start(const QByteArray &bytes)
{
    qsizetype at = 0;
    if (bytes.startsWith("ID3")) {
        if (bytes.size() < 10)
            return -1;
        // Seven bits to a byte.
        for (qsizetype i = 6; i < 10; ++i)
            at = (at << 7) | (byteAt(bytes, i) & 0x7F);
        at += 10;
    }
    if (at + 4 > bytes.size())
        return -1;
    const bool isSync = byteAt(bytes, at) == 0xFF && (byteAt(bytes, at + 1) & 0xE0) == 0xE0;
    const bool isLayer3 = ((byteAt(bytes, at + 1) >> 1) & 3) == 1;
    const int bitRate = byteAt(bytes, at + 2) >> 4;
    const int sampling = (byteAt(bytes, at + 2) >> 2) & 3;
    return isSync && isLayer3 && bitRate > 0 && bitRate < 15 && sampling < 3 ? at : -1;
}

std::optional<QSize> jpegSize(const QByteArray &bytes)
{
    qsizetype at = 2;
    while (at + 9 < bytes.size()) {
        if (byteAt(bytes, at) != 0xFF)
            return std::nullopt;
        const int marker = byteAt(bytes, at + 1);
        if (marker == 0xFF) { // filling
            ++at;
            continue;
        }
        const bool isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (isFrame)
            return QSize(bigAt<quint16>(bytes, at + 7), bigAt<quint16>(bytes, at + 5));
        at += 2 + bigAt<quint16>(bytes, at + 2);
    }
    return std::nullopt;
}

std::optional<QSize> webpSize(const QByteArray &bytes)
{
    if (bytes.size() < 30)
        return std::nullopt;
    const QByteArray chunk = bytes.mid(12, 4);
    if (chunk == "VP8X") {
        // Two numbers of three bytes, each one less than the side; the second is read with the byte before it.
        return QSize(int(littleAt<quint32>(bytes, 24) & 0xFFFFFF) + 1, int(littleAt<quint32>(bytes, 26) >> 8) + 1);
    }
    if (chunk == "VP8L") {
        const quint32 bits = littleAt<quint32>(bytes, 21);
        return QSize(int(bits & 0x3FFF) + 1, int((bits >> 14) & 0x3FFF) + 1);
    }
    if (chunk == "VP8 ")
        return QSize(littleAt<quint16>(bytes, 26) & 0x3FFF, littleAt<quint16>(bytes, 28) & 0x3FFF);
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> wavLength(const QByteArray &bytes)
{
    quint32 bytesPerSecond = 0;
    qsizetype at = 12;
    while (at + 8 <= bytes.size()) {
        const QByteArray chunk = bytes.mid(at, 4);
        const qint64 size = littleAt<quint32>(bytes, at + 4);
        if (chunk == "fmt " && at + 20 <= bytes.size())
            bytesPerSecond = littleAt<quint32>(bytes, at + 16);
        if (chunk == "data" && bytesPerSecond > 0) {
            // A recorder that was broken off leaves a size that is not true.
            const qint64 there = qMin<qint64>(size, bytes.size() - at - 8);
            return std::chrono::milliseconds(there * 1000 / bytesPerSecond);
        }
        at += 8 + size + (size & 1);
    }
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> mp3Length(const QByteArray &bytes)
{
    const qsizetype at = mp3Start(bytes);
    if (at < 0)
        return std::nullopt;
    static constexpr std::array first {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    static constexpr std::array second {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    const bool isVersion1 = ((byteAt(bytes, at + 1) >> 3) & 3) == 3;
    const std::size_t index = byteAt(bytes, at + 2) >> 4;
    const int kilobits = isVersion1 ? first.at(index) : second.at(index);
    return std::chrono::milliseconds((bytes.size() - at) * 8 / kilobits);
}

} // namespace

FileKind fileKindOf(const QByteArray &bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1A\n"))
        return FileKind::Png;
    if (bytes.startsWith("\xFF\xD8\xFF"))
        return FileKind::Jpeg;
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return FileKind::Gif;
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP")
        return FileKind::Webp;
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WAVE")
        return FileKind::Wav;
    // Readers allow for some bytes in front.
    if (bytes.left(1024).contains("%PDF-"))
        return FileKind::Pdf;
    if (bytes.startsWith("ID3") || mp3Start(bytes) >= 0)
        return FileKind::Mp3;
    return FileKind::Unknown;
}

bool isPicture(FileKind kind)
{
    return kind == FileKind::Png || kind == FileKind::Jpeg || kind == FileKind::Gif || kind == FileKind::Webp;
}

bool isSound(FileKind kind)
{
    return kind == FileKind::Wav || kind == FileKind::Mp3;
}

QString mediaType(FileKind kind)
{
    switch (kind) {
    case FileKind::Png:
        return QStringLiteral("image/png");
    case FileKind::Jpeg:
        return QStringLiteral("image/jpeg");
    case FileKind::Gif:
        return QStringLiteral("image/gif");
    case FileKind::Webp:
        return QStringLiteral("image/webp");
    case FileKind::Wav:
        return QStringLiteral("audio/wav");
    case FileKind::Mp3:
        return QStringLiteral("audio/mpeg");
    case FileKind::Pdf:
        return QStringLiteral("application/pdf");
    case FileKind::Unknown:
        break;
    }
    return {};
}

std::optional<QSize> pictureSize(const QByteArray &bytes)
{
    std::optional<QSize> size;
    switch (fileKindOf(bytes)) {
    case FileKind::Png:
        if (bytes.size() >= 24 && bytes.mid(12, 4) == "IHDR") {
            const auto side = [&bytes](
                                  qsizetype at) { return int(qMin<quint32>(bigAt<quint32>(bytes, at), 0x7FFFFFFF)); };
            size = QSize(side(16), side(20));
        }
        break;
    case FileKind::Jpeg:
        size = jpegSize(bytes);
        break;
    case FileKind::Gif:
        if (bytes.size() >= 10)
            size = QSize(littleAt<quint16>(bytes, 6), littleAt<quint16>(bytes, 8));
        break;
    case FileKind::Webp:
        size = webpSize(bytes);
        break;
    default:
        break;
    }
    return size && size->width() > 0 && size->height() > 0 ? size : std::nullopt;
}

std::optional<std::chrono::milliseconds> soundLength(const QByteArray &bytes)
{
    switch (fileKindOf(bytes)) {
    case FileKind::Wav:
        return wavLength(bytes);
    case FileKind::Mp3:
        return mp3Length(bytes);
    default:
        return std::nullopt;
    }
}

} // namespace diptych
