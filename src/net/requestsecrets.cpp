// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requestsecrets.h"

#include "core/secret.h"
#include "net/httpclient.h"

#include <QUrlQuery>

#include <algorithm>

namespace diptych {

namespace {

constexpr qsizetype shortest = 8; // characters

} // namespace

RequestSecrets::RequestSecrets(const HttpRequest &request)
{
    for (const HeaderField &field : request.headers) {
        // The scheme of "Bearer abc" is no secret.
        if (isSecretHeader(field.name))
            add(field.value.mid(field.value.lastIndexOf(' ') + 1));
    }
    const auto items = QUrlQuery(request.url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (isSecretQueryItem(name))
            add(value.toUtf8());
    }
    const ProxyOptions &proxy = request.connection.proxy;
    addPair(request.url.userName(QUrl::FullyDecoded), request.url.password(QUrl::FullyDecoded).toUtf8());
    addPair(proxy.user, proxy.password.reveal());
    std::sort(
        m_forms.begin(), m_forms.end(), [](const QByteArray &a, const QByteArray &b) { return a.size() > b.size(); });
}

void RequestSecrets::addPair(const QString &user, const QByteArray &password)
{
    const QByteArray pair = user.toUtf8() + ':' + password;
    add(password);
    if (!password.isEmpty())
        add(pair.toBase64()); // what Basic authorization sends
}

void RequestSecrets::add(const QByteArray &secret)
{
    if (secret.size() < shortest)
        return;
    const QByteArray inJson = QByteArray(secret).replace('\\', "\\\\").replace('"', "\\\"");
    for (const QByteArray &form :
        {secret, secret.toPercentEncoding(), inJson, QByteArray(inJson).replace('/', "\\/")}) {
        if (!m_forms.contains(form))
            m_forms.append(form);
    }
}

QByteArray RequestSecrets::hidden(QByteArray text) const
{
    for (const QByteArray &form : m_forms)
        text.replace(form, "***");
    return text;
}

Error RequestSecrets::hidden(Error error) const
{
    for (QString *text : {&error.message, &error.providerCode, &error.parameter, &error.requestId}) {
        for (const QByteArray &form : m_forms)
            text->replace(QString::fromUtf8(form), QLatin1String("***"));
    }
    error.bodySample = hidden(std::move(error.bodySample));
    return error;
}

HeaderList RequestSecrets::hidden(HeaderList headers) const
{
    for (HeaderField &field : headers)
        field.value = isSecretHeader(field.name) ? QByteArray("***") : hidden(std::move(field.value));
    return headers;
}

void RequestSecrets::mask(QByteArray &record, qsizetype known) const
{
    for (const QByteArray &form : m_forms) {
        qsizetype at = std::max<qsizetype>(0, known - form.size() + 1);
        while ((at = record.indexOf(form, at)) >= 0) {
            std::fill_n(record.begin() + at, form.size(), '*');
            at += form.size();
        }
    }
}

} // namespace diptych
