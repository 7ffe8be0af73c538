// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "net/httpclient.h"

#include <QObject>

namespace diptych::test {

/// Asks on the thread that it was moved to and notes where the signals come.
class ThreadedAsker : public QObject
{
    Q_OBJECT
public:
    explicit ThreadedAsker(const Endpoint &endpoint);

    void ask();
    [[nodiscard]] bool isElsewhere() const { return m_isElsewhere; } ///< a signal came on another thread
    [[nodiscard]] const QString &text() const { return m_text; }

Q_SIGNALS:
    void done();

private:
    void note();
    void end();

    Endpoint m_endpoint;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<Provider> m_provider;
    std::unique_ptr<ChatReply> m_reply;
    bool m_isElsewhere = false;
    QString m_text;
};

} // namespace diptych::test
