// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/attachment.h"

#include "store/mediafacts.h"
#include "store/pdftext.h"
#include "store/plaintext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::Attachment", text);
}

Failure invalid(const QString &message)
{
    return Failure({.kind = Error::Kind::InvalidRequest, .message = message});
}

QString megabytes(qint64 bytes)
{
    return translated("%1 MB").arg(bytes / 1'000'000);
}

Failure tooLarge(const QString &name, qint64 most)
{
    return invalid(translated("%1 is larger than %2.").arg(name, megabytes(most)));
}

/// What the name promises; Unknown: nothing that could be checked.
FileKind promisedKind(const QString &name)
{
    static const QHash<QString, FileKind> kinds {{QStringLiteral("png"), FileKind::Png},
        {QStringLiteral("jpg"), FileKind::Jpeg}, {QStringLiteral("jpeg"), FileKind::Jpeg},
        {QStringLiteral("gif"), FileKind::Gif}, {QStringLiteral("webp"), FileKind::Webp},
        {QStringLiteral("wav"), FileKind::Wav}, {QStringLiteral("mp3"), FileKind::Mp3},
        {QStringLiteral("pdf"), FileKind::Pdf}};
    return kinds.value(QFileInfo(name).suffix().toLower(), FileKind::Unknown);
}

// The lines around a file's text, so that the model knows where it begins and ends, and what it is called.
QString textWithName(const QString &name, const QString &text)
{
    QString plain = name;
    plain.replace(u'"', u'\'').replace(u'\n', u' ');
    return QStringLiteral("<file name=\"%1\">\n").arg(plain) + text + QStringLiteral("\n</file>\n\n");
}

QString textWithoutName(const QString &text)
{
    const qsizetype start = text.indexOf(u'\n') + 1;
    const qsizetype end = text.lastIndexOf(QLatin1String("\n</file>"));
    return text.startsWith(QLatin1String("<file name=")) && end >= start ? text.mid(start, end - start) : text;
}

QString dataUrl(FileKind kind, const QByteArray &bytes)
{
    return QStringLiteral("data:%1;base64,").arg(mediaType(kind)) + QString::fromLatin1(bytes.toBase64());
}

QByteArray bytesOfDataUrl(const QString &url)
{
    const qsizetype comma = url.indexOf(u',');
    return url.startsWith(QLatin1String("data:")) && comma > 0
        ? QByteArray::fromBase64(QStringView(url).sliced(comma + 1).toLatin1())
        : QByteArray();
}

Result<Attachment> pictureFrom(Attachment attachment, FileKind kind, const QByteArray &bytes)
{
    const std::optional<QSize> size = pictureSize(bytes);
    if (!size)
        return invalid(translated("%1 is damaged: it does not say how large the picture is.").arg(attachment.name));
    if (qint64(size->width()) * size->height() > attachmentlimits::picturePixels) {
        return invalid(translated("%1 has %2 × %3 pixels, more than 100 megapixels. Make it smaller.")
                           .arg(attachment.name)
                           .arg(size->width())
                           .arg(size->height()));
    }
    if (bytes.size() > attachmentlimits::pictureBytes)
        return tooLarge(attachment.name, attachmentlimits::pictureBytes);
    attachment.kind = Attachment::Kind::Picture;
    attachment.pixels = *size;
    attachment.part = ImagePart {.url = dataUrl(kind, bytes), .name = attachment.name};
    return attachment;
}

Result<Attachment> soundFrom(Attachment attachment, FileKind kind, const QByteArray &bytes)
{
    if (bytes.size() > attachmentlimits::soundBytes)
        return tooLarge(attachment.name, attachmentlimits::soundBytes);
    attachment.kind = Attachment::Kind::Sound;
    attachment.length = soundLength(bytes);
    if (kind == FileKind::Wav && !attachment.length)
        return invalid(translated("%1 is damaged: there is no sound in it.").arg(attachment.name));
    attachment.part = AudioPart {.data = bytes,
        .format = kind == FileKind::Wav ? QStringLiteral("wav") : QStringLiteral("mp3"),
        .name = attachment.name};
    return attachment;
}

Result<Attachment> pdfFrom(Attachment attachment, const QByteArray &bytes, const std::function<bool()> &isStopped)
{
    if (bytes.size() > attachmentlimits::pdfBytes)
        return tooLarge(attachment.name, attachmentlimits::pdfBytes);
    const Result<PdfText> pdf = pdfText(bytes, attachmentlimits::pdfCharacters, isStopped);
    if (!pdf) {
        Error error = pdf.error();
        error.message = translated("%1: %2").arg(attachment.name, error.message);
        return Failure(error);
    }
    attachment.kind = Attachment::Kind::Pdf;
    attachment.pages = pdf->pages;
    attachment.readPages = pdf->readPages;
    attachment.part = TextPart {.text = textWithName(attachment.name, pdf->text), .name = attachment.name};
    return attachment;
}

Result<Attachment> textFrom(Attachment attachment, const QByteArray &bytes)
{
    const std::optional<QString> text = plainText(bytes);
    if (!text) {
        return invalid(translated("%1 is neither a picture (PNG, JPEG, WebP, GIF), a sound (WAV, MP3), a PDF, nor text "
                                  "in UTF-8 or UTF-16.")
                           .arg(attachment.name));
    }
    if (bytes.size() > attachmentlimits::textBytes)
        return tooLarge(attachment.name, attachmentlimits::textBytes);
    attachment.kind = Attachment::Kind::Text;
    attachment.part = TextPart {.text = textWithName(attachment.name, *text), .name = attachment.name};
    return attachment;
}

struct PartReader {
    std::optional<Attachment> operator()(const TextPart &text) const
    {
        if (text.name.isEmpty())
            return std::nullopt;
        const bool isPdf = promisedKind(text.name) == FileKind::Pdf;
        return Attachment {.kind = isPdf ? Attachment::Kind::Pdf : Attachment::Kind::Text,
            .name = text.name,
            .size = textWithoutName(text.text).toUtf8().size(),
            .part = text};
    }
    std::optional<Attachment> operator()(const ImagePart &image) const
    {
        // The header is enough: whole pictures are decoded where they are drawn.
        constexpr qsizetype headLength = 700'000;
        const qsizetype comma = image.url.indexOf(u',');
        if (!image.url.startsWith(QLatin1String("data:")) || comma < 0)
            return std::nullopt;
        const QStringView data = QStringView(image.url).sliced(comma + 1);
        const qsizetype padding = data.endsWith(u"==") ? 2 : data.endsWith(u'=') ? 1 : 0;
        const QByteArray head = QByteArray::fromBase64(data.left(headLength).toLatin1());
        return Attachment {.kind = Attachment::Kind::Picture,
            .name = image.name.isEmpty() ? translated("picture") : image.name,
            .size = data.size() / 4 * 3 - padding,
            .part = image,
            .pixels = pictureSize(head).value_or(QSize())};
    }
    std::optional<Attachment> operator()(const AudioPart &audio) const
    {
        return Attachment {.kind = Attachment::Kind::Sound,
            .name = audio.name.isEmpty() ? translated("sound") : audio.name,
            .size = audio.data.size(),
            .part = audio,
            .length = soundLength(audio.data)};
    }
    std::optional<Attachment> operator()(const AudioUrlPart &) const { return std::nullopt; }
};

} // namespace

QString attachmentLimitsText()
{
    return translated("Pictures (PNG, JPEG, WebP, GIF) up to 20 MB and 100 megapixels, sounds (WAV, MP3) up to 25 MB, "
                      "text files up to 2 MB, the text of PDFs up to 50 MB; 20 files and 50 MB in one prompt.");
}

QStringList attachmentPatterns()
{
    return {QStringLiteral("*.png"), QStringLiteral("*.jpg"), QStringLiteral("*.jpeg"), QStringLiteral("*.webp"),
        QStringLiteral("*.gif"), QStringLiteral("*.wav"), QStringLiteral("*.mp3"), QStringLiteral("*.pdf"),
        QStringLiteral("*.txt"), QStringLiteral("*.md"), QStringLiteral("*.csv"), QStringLiteral("*.json"),
        QStringLiteral("*.xml"), QStringLiteral("*.html"), QStringLiteral("*.yaml"), QStringLiteral("*.yml"),
        QStringLiteral("*.log")};
}

Result<Attachment> readAttachment(const QString &path, const std::function<bool()> &isStopped)
{
    const QFileInfo info(path);
    const QString name = info.fileName();
    if (info.isDir())
        return invalid(translated("%1 is a folder. Attach the files in it.").arg(QDir(path).dirName()));
    // Opening a pipe or a device could wait for ever.
    if (info.exists() && !info.isFile())
        return invalid(translated("%1 is no ordinary file.").arg(name));
    if (info.size() > attachmentlimits::pdfBytes)
        return tooLarge(name, attachmentlimits::pdfBytes);
    QFile file(path);
    QByteArray bytes;
    if (file.open(QIODevice::ReadOnly))
        bytes = file.read(attachmentlimits::pdfBytes + 1);
    if (!file.isOpen() || file.error() != QFileDevice::NoError) {
        return Failure({.kind = Error::Kind::Storage,
            .message = translated("%1 can not be read: %2.").arg(name, file.errorString())});
    }
    return attachmentFromBytes(name, bytes, isStopped);
}

Result<Attachment> attachmentFromBytes(
    const QString &name, const QByteArray &bytes, const std::function<bool()> &isStopped)
{
    if (bytes.isEmpty())
        return invalid(translated("%1 is empty.").arg(name));
    const FileKind kind = fileKindOf(bytes);
    const FileKind promised = promisedKind(name);
    const bool isAsPromised = promised == FileKind::Unknown || promised == kind
        || (isPicture(promised) && isPicture(kind)); // a picture is sent as what it is
    if (!isAsPromised)
        return invalid(translated("%1 is not what its name says: there is no %2 in it.")
                           .arg(name, QFileInfo(name).suffix().toUpper()));
    const Attachment attachment {.name = name, .size = bytes.size()};
    if (isPicture(kind))
        return pictureFrom(attachment, kind, bytes);
    if (isSound(kind))
        return soundFrom(attachment, kind, bytes);
    if (kind == FileKind::Pdf)
        return pdfFrom(attachment, bytes, isStopped);
    return textFrom(attachment, bytes);
}

std::optional<Attachment> attachmentOf(const ContentPart &part)
{
    return std::visit(PartReader {}, part);
}

std::vector<Attachment> attachmentsOf(const Message &message)
{
    std::vector<Attachment> attachments;
    for (const ContentPart &part : message.content) {
        if (std::optional<Attachment> attachment = attachmentOf(part))
            attachments.push_back(std::move(*attachment));
    }
    return attachments;
}

QString typedText(const Message &message)
{
    QString typed;
    for (const ContentPart &part : message.content) {
        const auto *text = std::get_if<TextPart>(&part);
        if (text && text->name.isEmpty())
            typed += text->text;
    }
    return typed;
}

Message promptWith(const std::vector<Attachment> &attachments, const QString &text)
{
    Message message {.role = Role::User};
    for (const Attachment &attachment : attachments)
        message.content.push_back(attachment.part);
    if (!text.isEmpty() || attachments.empty())
        message.content.emplace_back(TextPart {.text = text});
    return message;
}

QByteArray contentOf(const Attachment &attachment)
{
    if (const auto *text = std::get_if<TextPart>(&attachment.part))
        return textWithoutName(text->text).toUtf8();
    if (const auto *image = std::get_if<ImagePart>(&attachment.part))
        return bytesOfDataUrl(image->url);
    if (const auto *audio = std::get_if<AudioPart>(&attachment.part))
        return audio->data;
    return {};
}

qint64 sentBytes(const Attachment &attachment)
{
    if (const auto *text = std::get_if<TextPart>(&attachment.part))
        return text->text.size();
    if (const auto *image = std::get_if<ImagePart>(&attachment.part))
        return image->url.size() / 4 * 3;
    return attachment.size;
}

} // namespace diptych
