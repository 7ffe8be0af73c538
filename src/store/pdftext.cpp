// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/pdftext.h"

#include <QCoreApplication>

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

#include <memory>

namespace diptych {

namespace {

constexpr qsizetype largest = 256 * 1024 * 1024; // bytes; the library counts them in an int

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::PdfText", text);
}

Failure invalid(const char *message)
{
    return Failure({.kind = Error::Kind::InvalidRequest, .message = translated(message)});
}

} // namespace

Result<PdfText> pdfText(const QByteArray &pdf, qsizetype maxCharacters, const std::function<bool()> &isStopped)
{
    if (pdf.size() > largest)
        return invalid("The PDF is too large.");
    // What it thinks of damaged documents belongs to nobody's terminal.
    poppler::set_debug_error_function([](const std::string &, void *) {}, nullptr);
    const std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(pdf.constData(), static_cast<int>(pdf.size())));
    if (!document)
        return invalid("The PDF is damaged and can not be opened.");
    if (document->is_locked())
        return invalid("The PDF asks for a password. Save a copy without one and attach that.");
    PdfText result {.pages = document->pages()};
    for (int number = 0; number < result.pages && result.text.size() < maxCharacters; ++number) {
        if (isStopped && isStopped())
            return Failure({.kind = Error::Kind::Cancelled, .message = translated("Reading was stopped.")});
        const std::unique_ptr<poppler::page> page(document->create_page(number));
        ++result.readPages;
        if (!page)
            continue; // damaged; the others may be read
        // In the order in which people read: columns one after the other, not filled up with spaces.
        const poppler::ustring words = page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout);
        const poppler::byte_array utf8 = words.to_utf8();
        const QString text =
            QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).remove(u'\f').trimmed();
        if (!text.isEmpty())
            result.text += (result.text.isEmpty() ? QString() : QStringLiteral("\n\n")) + text;
    }
    if (result.pages == 0)
        return invalid("The PDF is damaged: it has no pages.");
    if (result.text.isEmpty())
        return invalid("The PDF holds pictures only, no text. Attach its pages as pictures.");
    result.text.truncate(maxCharacters);
    return result;
}

} // namespace diptych
