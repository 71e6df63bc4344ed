BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
    Start-TestService
    function New-File([string] $Text) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        [IO.File]::WriteAllText($path, $Text)
        $path
    }
}

AfterAll {
    Disconnect-ApiService
    Stop-ApiSimulator
}

Describe 'Import-ApiChatSession' {
    It 'reads what Export-ApiChatSession wrote, and the session goes on' {
        $path = Join-Path $TestDrive 'chat.json'
        $null = Invoke-ApiChat 'Hello' -System 'Be brief.' -Model gpt-4.1 -SessionVariable chat
        $chat | Export-ApiChatSession $path
        $again = Import-ApiChatSession $path
        $again | Should -BeOfType ApiTools.ApiChatSession
        ($again | ConvertTo-Json -Depth 5) | Should -BeExactly ($chat | ConvertTo-Json -Depth 5)
        $null = Invoke-ApiChat 'Go on' -Session $again
        $again.Turns, $again.Model, $again.Calls | Should -Be 2, 'gpt-4.1', 2
        $chat.Turns | Should -Be 1
    }

    It 'takes tool calls along, and they can be answered' {
        $path = Join-Path $TestDrive 'calls.json'
        $null = Invoke-ApiChat 'call get_time' -SessionVariable chat -Property @{ tools = @(@{ type = 'function'; function = @{ name = 'get_time' } }) }
        $chat | Export-ApiChatSession $path
        $again = Import-ApiChatSession $path
        $id = $again.Messages[-1].ToolCalls[0].Id
        (Invoke-ApiChat -Session $again -Message @{ role = 'tool'; tool_call_id = $id; content = '12:00' }).Content | Should -BeLike 'The tools say: "12:00"*'
    }

    It 'reads a bare list of messages, as other tools keep it' {
        $chat = New-File '[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello!"}]' | Import-ApiChatSession
        $chat.Turns, $chat.Model, $chat.Calls | Should -Be 1, $null, 0
        $chat.Messages[1].Content | Should -BeExactly 'Hello!'
    }

    It 'reads files from Get-ChildItem, and goes on after one that is damaged' {
        $folder = New-Item (Join-Path $TestDrive 'many') -ItemType Directory
        Set-Content "$folder/1.json" '[{"role":"user","content":"One"}]'
        Set-Content "$folder/2.json" '[{"role":"user","content":"Two"'
        Set-Content "$folder/3.json" '[{"role":"user","content":"Three"}]'
        $chats = Get-ChildItem "$folder/*.json" | Import-ApiChatSession -ErrorAction SilentlyContinue -ErrorVariable failed
        $chats.Messages.Content | Should -BeExactly 'One', 'Three'
        $failed.Count | Should -Be 1
    }

    It 'says of a damaged file in which line and column, and what shows more' {
        $path = New-File "{`n  `"messages`": [`n    {`"role`":`"user`",`"content`":`"Hi`"},`n    {`"role`":`"user`" `"content`":`"Ho`"}`n  ]`n}"
        Import-ApiChatSession $path -ErrorAction SilentlyContinue -ErrorVariable failed
        Assert-Failure $failed[0] session_damaged InvalidData $path "The session '$path' is damaged in line 4, column 20: A ',' is missing before this string, or a '}'. (session_damaged)" "Mend the place that the error names. Run: Test-ApiRequest -LiteralPath '$path'" ImportApiChatSessionCommand
        $failed[0].Exception | Should -BeOfType ApiTools.ApiFileException
        $failed[0].Exception.Report.Findings[0].Line | Should -Be 4
    }

    It 'says of <Name> that it is no session' -ForEach @(
        @{ Name = 'another tool''s format'; Text = '{"conversations":[{"from":"human","value":"Hi"}]}' }
        @{ Name = 'a number'; Text = '5' }
    ) {
        $path = New-File $Text
        Import-ApiChatSession -LiteralPath $path -ErrorAction SilentlyContinue -ErrorVariable failed
        Assert-Failure $failed[0] not_a_session InvalidData $path "The file '$path' is no session: it has no list of messages, such as { `"messages`": [ { `"role`": `"user`", `"content`": `"...`" } ] }. (not_a_session)" "Name a file that Export-ApiChatSession wrote, or one with a list of messages. Run: Get-Content -LiteralPath '$path' -TotalCount 10" ImportApiChatSessionCommand
    }

    It 'says that a file is not there, and that one is binary' {
        Import-ApiChatSession (Join-Path $TestDrive 'none.json') -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'file_not_found,ApiTools.Cmdlets.ImportApiChatSessionCommand'
        Import-ApiChatSession (New-File "a`0b") -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'file_unreadable,ApiTools.Cmdlets.ImportApiChatSessionCommand'
    }
}
